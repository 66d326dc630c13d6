"""Overviews (tổng quan): the desk today, the head of a unit, the whole province; every number opens its list."""
