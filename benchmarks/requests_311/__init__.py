"""A city's service requests through the open API, judged by its own limits: `python -m benchmarks.requests_311`."""
