"""What the tool costs on large logs, beside a floor and beside other ways to the same answer."""
