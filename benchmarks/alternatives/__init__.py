"""What people use today, run on the sample logs beside `resume-gap`."""
