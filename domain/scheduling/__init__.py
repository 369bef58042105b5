"""When somebody would like to come: read from their words, weighed against what is free."""
