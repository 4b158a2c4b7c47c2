"""Hot topics measured on real messages and on planted events: `python -m benchmarks.topics`."""
