"""Reading an answer before it goes: what is missing, empty or turned away."""
