"""The report folder: its files, and how a finished folder takes the place of the old one."""
