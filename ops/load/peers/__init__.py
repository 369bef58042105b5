"""The same hot path built plainly by others' habits, so that our figures have something to stand beside."""
