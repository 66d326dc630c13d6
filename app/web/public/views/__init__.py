"""The doors of the citizen pages."""
