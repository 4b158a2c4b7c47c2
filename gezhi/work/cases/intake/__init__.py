"""How one voice comes in: what is said, made clean, located, written."""
