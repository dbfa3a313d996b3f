"""The conversation core: surveys as data, and what a reply does to a conversation. Pure."""
