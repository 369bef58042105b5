"""Letters about appointments: to the client and to who attends, each with an entry for their own calendar."""
