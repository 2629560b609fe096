"""The page of plan."""
