"""Cal.com's API v2 as a local service: versions by header, three error envelopes, and its own way of booking twice."""
