"""How one report comes in: what is said, made clean, located, written."""
