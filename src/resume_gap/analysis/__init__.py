"""Per-user sums and returns to the figures of a run. Sees no event; writes no sentence."""
