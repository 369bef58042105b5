"""What a company gets when it comes: a place, a queue, workers."""
