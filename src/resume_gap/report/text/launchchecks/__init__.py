"""What is printed about each check of a launch, one entry for each of its codes."""
