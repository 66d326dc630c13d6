"""Results between release and return: their place, a later scan."""
