"""A launch that was not randomized: series before and after it, and what else changed."""
