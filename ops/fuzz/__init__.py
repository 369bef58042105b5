"""`make fuzz`: the documented API is asked everything its own document allows, and much that it does not, as several callers."""
