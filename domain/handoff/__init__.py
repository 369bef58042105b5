"""A conversation between the assistant and the people who help it."""
