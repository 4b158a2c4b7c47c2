"""Weights of the evidence, as data. How they were fitted: docs/methods/resemble.md."""

VERSION = 1

PRIOR_COUNT = 200.0  # texts taken as seen before the first, so that a small index is not overbold
TEXT_BASE = -9.0
TEXT = (8.0, 4.0, 2.0, 1.0, -0.5, 0.3)
METERS = (0.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
PLACE = (3.0, 2.5, 1.5, -0.5, -2.0, -3.0)
SAME_COMPOUND, OTHER_COMPOUND = 1.5, -2.0
DAYS = (0.0, 1.0, 7.0, 30.0, 180.0)
TIME = (0.5, 0.5, 0.2, -0.2, -0.8)
SAME_CLASS, OTHER_CLASS = 0.3, -1.0
MERGE = 0.9
FLOOR = 0.02  # less likely ones are not worth showing
