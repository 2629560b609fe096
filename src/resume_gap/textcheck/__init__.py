"""Whether the numbers of a text are those of a report."""
