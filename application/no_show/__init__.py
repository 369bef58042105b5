"""Whether people came: assumed after the hour, told to who attends, and what is said to those who did not."""
