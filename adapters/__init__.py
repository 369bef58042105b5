"""The world: a folder per technology, a file per feature; none knows another."""
