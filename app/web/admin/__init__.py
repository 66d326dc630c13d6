"""Administration (quản trị): first run, accounts, units, procedures, calendar, operation, audit. No dossiers."""
