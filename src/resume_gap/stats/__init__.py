"""Inference over users. Knows per-user sums only; sees no return and no event."""
