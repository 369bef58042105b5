"""Whaticket, both ways: what its many families post, how each is asked to send. Its words stop here."""
