"""Words that every layer may use. Pure."""
