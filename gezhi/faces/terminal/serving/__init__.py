"""`gezhi serve`: web, worker and beat under one command."""
