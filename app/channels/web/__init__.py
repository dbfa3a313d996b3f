"""The same conversation in a browser."""
