"""What runs in the background: names of use cases, and when."""
