"""Companies and the WhatsApp connections they speak through."""
