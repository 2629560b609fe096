"""Mutated inputs, configurations, option values and predictions: no crash, only one-line errors.

    python -m benchmarks.fuzz --cases 3000          # all kinds, seeded
    python -m benchmarks.fuzz --only inputs --case 417   # one case again, kept in a folder

A case is a kind and a number; both and the seed decide everything about it. It passes when the tool
either finishes or raises one of its expected errors with a message of one line that names the file.
"""
