"""What people do with Heard: one verb phrase a function, one transaction each, plain data back."""
