"""What the house knows of the outside world: files, PDF, mail, spreadsheets."""
