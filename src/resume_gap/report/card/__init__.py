"""The first screen of a report as one picture and a message, for sharing."""
