"""Counting what is used, asking before more of it is made, and telling the company in time."""
