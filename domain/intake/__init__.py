"""Webhooks at the door: do they come from whom they say, and did we see them before?"""
