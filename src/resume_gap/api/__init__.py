"""The functions of Python: one per command, with its options as typed keyword parameters."""
