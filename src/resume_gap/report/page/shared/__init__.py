"""Sections that the pages of several commands have."""
