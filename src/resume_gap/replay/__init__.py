"""Returns and comparison moments replayed at every threshold; per-user sums in integers."""
