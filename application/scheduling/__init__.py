"""When somebody would like to come: understood, or asked back."""
