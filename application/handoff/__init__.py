"""A person helps: takes a conversation over, answers, notes, and gives it back."""
