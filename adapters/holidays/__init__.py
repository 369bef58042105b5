"""Brazil's holidays, from the `holidays` library."""
