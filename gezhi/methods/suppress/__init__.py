"""Small numbers kept out of a table that is pinned up: see README."""
