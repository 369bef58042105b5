"""A keeper of DNS records of one's own, by Cloudflare's contract: it names nothing, and remembers everything."""
