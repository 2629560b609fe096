"""What is printed about each check of the data, one entry for each code."""
