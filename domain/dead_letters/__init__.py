"""Work that failed for good, and how patient we are before it is said to have."""
