"""Gemini's REST contract without Gemini: scripted answers for tests, simple Portuguese for a demonstration."""
