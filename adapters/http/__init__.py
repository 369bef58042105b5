"""The way in over HTTP: parse, call, answer. Whatever a controller needs is handed to it."""
