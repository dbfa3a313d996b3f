"""What a young person's words mean: sentiment, themes, concerns. Pure."""
