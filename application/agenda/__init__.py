"""What can be done with the agenda: find, hold, book, move, cancel, confirm; our lock first, then the calendar."""
