"""Handing paper files over (bàn giao): a pile in, a list out, a scan back."""
