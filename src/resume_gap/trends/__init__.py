"""The reports of many runs, lined up; knows `summary.json`, not how a figure came about."""
