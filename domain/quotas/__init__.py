"""How much a company may use, and how much it has."""
