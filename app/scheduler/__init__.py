"""The scheduler (bộ lập lịch): a process of its own whose sweeps ask the database what is due."""
