"""Cal.com, API v2: somebody else's calendar, whose word is taken for what happened there and never for our lock."""
