"""News for companies' own systems, signed by Standard Webhooks."""
