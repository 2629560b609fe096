"""The output side: one `Analysis` becomes a page, two JSON files and a screen of text.

Knows the frozen results and nothing of how they came to be; it formats and never infers.
"""
