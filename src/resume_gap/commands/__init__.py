"""The commands: what each does with a log, in order. A command knows steps, not how they work."""
