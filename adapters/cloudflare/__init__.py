"""Names in the world: DNS records at Cloudflare."""
