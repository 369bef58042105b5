"""Google's Gemini by its own SDK; the import costs 0.4 s and 30 MB, so only processes that answer should pay it."""
