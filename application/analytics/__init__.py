"""What happened, counted: each figure defined once."""
