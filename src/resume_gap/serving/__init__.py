"""Read-only access for other programs, over the Model Context Protocol and standard streams."""
