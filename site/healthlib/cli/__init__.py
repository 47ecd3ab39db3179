"""Commands for operators and authors: `flask content ...` and `flask index ...`."""
