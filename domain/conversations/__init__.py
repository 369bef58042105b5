"""Who is talking with whom, who holds the conversation, and when the other side has finished typing."""
