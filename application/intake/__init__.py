"""What comes in: kept once, answered at once, read afterwards."""
