"""What tests of every kind stand on: settings, databases, servers and a browser of their own."""
