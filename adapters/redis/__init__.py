"""What lives in Redis: figures and copies that may be lost at any moment. The truth is in PostgreSQL."""
