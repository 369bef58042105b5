"""The command line, a file per word."""
