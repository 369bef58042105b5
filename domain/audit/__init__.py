"""What was done, by whom and to what: told so that nobody can change it unnoticed."""
