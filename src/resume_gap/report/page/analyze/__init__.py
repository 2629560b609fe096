"""The page of analyze."""
