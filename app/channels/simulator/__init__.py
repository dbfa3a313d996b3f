"""Phones on a page, for development: they post signed requests to the real webhook."""
