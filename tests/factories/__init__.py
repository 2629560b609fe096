"""Logs, results and streams that tests start from."""
