"""Bursts to per-user sums at one threshold. Knows a threshold, computes no interval."""
