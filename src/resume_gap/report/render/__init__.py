"""A result as HTML, JSON, Parquet tables and terminal text."""
