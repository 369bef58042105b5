"""The payment provider, both ways; no other folder knows its words."""
