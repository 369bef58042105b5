"""Reminding people of their appointments, and acting on what they answer."""
