"""What the system tells about itself: one list of metrics, one kind of log line."""
