"""Calendar files (RFC 5545), for whatever program people keep their calendar in."""
