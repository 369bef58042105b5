"""Companies come and go: each step can be repeated, and closing undoes what opening did."""
