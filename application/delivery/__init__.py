"""What goes out: in order, once, and logged."""
