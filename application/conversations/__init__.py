"""One burst in, one answer out, one turn at a time."""
