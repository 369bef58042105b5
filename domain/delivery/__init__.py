"""What leaves: its states, its shape on WhatsApp, and when to try again."""
