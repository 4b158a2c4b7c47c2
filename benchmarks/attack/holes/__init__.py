"""One attack a file; see `benchmarks.attack`."""
