"""Training and its data; not needed at run time."""
