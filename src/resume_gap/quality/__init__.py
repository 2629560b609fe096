"""Checks of the data: timestamps, people, heartbeats, ties, dropped rows."""
