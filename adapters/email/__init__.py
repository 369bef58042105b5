"""Letters out, by SMTP."""
