"""How words travel between us and a young person."""
