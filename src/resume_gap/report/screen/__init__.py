"""The lines of the terminal summary."""
