"""Work that failed for good: seen, tried again by hand, or discarded."""
