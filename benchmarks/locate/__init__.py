"""Measuring `gezhi.methods.locate` on generated addresses: `python -m benchmarks.locate`."""
