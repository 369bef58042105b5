"""Whaticket as its forks really behave: send API, panel, webhooks, and the phone of the people who write to it."""
