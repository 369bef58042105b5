"""What surrounds the running program: checks, load, chaos, and the sandbox of the outside services."""
