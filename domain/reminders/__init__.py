"""Saying in time that somebody is expected, and understanding what they answer."""
