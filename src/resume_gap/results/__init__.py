"""The frozen results of the commands and their units. Imported by all; imports nothing of ours."""
