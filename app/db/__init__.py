"""The database room (cơ sở dữ liệu): models, session, unit of work. SQLite and PostgreSQL differ here alone."""
