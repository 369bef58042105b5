"""What the assistant may read and say: who it speaks as, what it refuses to obey, what never leaves."""
