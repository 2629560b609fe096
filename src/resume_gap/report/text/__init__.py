"""Results to words and numbers, once for page, screen and JSON."""
