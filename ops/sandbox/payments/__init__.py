"""A payment provider of one's own: it charges nobody, and says by webhook whatever it is told to."""
