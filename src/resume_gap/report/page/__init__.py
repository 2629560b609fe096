"""The content of a page as data, apart from how it is drawn."""
