"""Report day (ngày báo cáo): the board of all units, the own report, the cleaning list."""
