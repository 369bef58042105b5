"""Signing on at companies' own OpenID Connect providers."""
