"""Logs that cannot show what is asked, or mislead, and what is said of them."""
