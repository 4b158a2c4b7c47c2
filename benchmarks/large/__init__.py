"""A street with a million cases: filled in bulk, every page and search of every role timed."""
