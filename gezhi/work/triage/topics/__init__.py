"""Hot topics: found each night, and taken apart by what the office knows of the cases."""
