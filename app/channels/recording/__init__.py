"""A gateway that keeps what it is given: for development and tests."""
