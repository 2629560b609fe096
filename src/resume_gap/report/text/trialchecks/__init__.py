"""What is printed about each check of a trial, one entry for each of its codes."""
