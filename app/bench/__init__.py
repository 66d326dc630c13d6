"""Measures (đo tốc độ): each figure with its floor from the same run, because only their ratio travels."""
