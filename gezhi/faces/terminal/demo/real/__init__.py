"""Real messages on the demo street: read where they lie, never copied, each at its own time."""
