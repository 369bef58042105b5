"""Companies and their connections, as the rest of the system looks them up."""
