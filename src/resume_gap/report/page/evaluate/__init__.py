"""The page of evaluate."""
