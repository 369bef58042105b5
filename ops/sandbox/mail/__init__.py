"""A mail server that takes everything and sends nothing on, with a page to read what it took."""
