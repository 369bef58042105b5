"""What a contact allows: to be written to without having asked."""
