"""Files, folders and signals: what the operating system does to a run."""
