"""Returns and matched controls replayed at every threshold; per-user sums in integers."""
