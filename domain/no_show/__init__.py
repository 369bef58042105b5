"""Who came and who did not, and what is said to those who did not."""
