"""Every option once (`table`), and the kinds of values that options take."""
