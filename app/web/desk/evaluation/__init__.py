"""Evaluation of units and of the people in them (đánh giá, TT 01/2018)."""
