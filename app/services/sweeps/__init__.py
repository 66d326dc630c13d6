"""Sweeps (việc theo giờ): each asks what is due and does it once, in the transaction of its change and event."""
