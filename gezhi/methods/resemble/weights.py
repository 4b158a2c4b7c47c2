"""Weights of the evidence, as data. How each was fitted stands in docs/methods/resemble.md."""

VERSION = 4

PRIOR_COUNT = 200.0  # texts taken as seen before the first, so that a small index is not overbold

# Log-odds of the text: logistic regression on the pairs of benchmarks/resemble/judged.csv marked
# "fit" (python -m benchmarks.resemble.fit). Cosine, cosine of subjects, share of names, whether
# both have names, logarithm of the weight shared.
TEXT_BASE = -6.84
TEXT = (1.5, 2.83, 2.06, -0.23, 0.88)

# Log-odds of the distance in meters: pairs of requests of Boston closed as a duplicate of a named
# one against pairs of one type and month by chance; halved, as the words say the place as well.
METERS = (0.0, 50.0, 150.0, 300.0, 600.0, 1200.0)
PLACE = (2.2, 2.2, 1.4, 0.7, -0.8, -1.3)
SAME_COMPOUND, OTHER_COMPOUND = 1.4, -0.8

# Log-odds of the days between: of the judged pairs, 0.45 - 0.2 ln(1 + days).
DAYS = (0.0, 1.0, 3.0, 7.0, 30.0, 90.0, 365.0)
TIME = (0.45, 0.31, 0.17, 0.03, -0.24, -0.45, -0.73)

# Log-odds of the class: alike texts are of one class anyhow (nine in ten), so it says little for.
SAME_CLASS, OTHER_CLASS = 0.1, -2.0

# What lies apart is no one case, however alike the words: they are a template's. Of 416 pairs of
# the demo street whose names are opposed and of 91 further apart than this none was one.
APART_METERS, AT_ONE_SPOT_METERS, APART = 300.0, 50.0, -4.0
# Opposed names where the places are not known: 0.79 of 14 judged pairs at this and above.
OPPOSED_MOST = 1.1

# The least share of what the lighter text tells, names of places and words of any message left out.
# Of the 8 judged pairs below this none was one; of texts of few pairs one pair shared is chance.
TOLD, TOLD_IF_BRIEF, BRIEF = 0.05, 0.15, 10
UNLIKE_MOST = 0.0

# Offered as one case from here on, if the names do not oppose it.
MERGE = 0.95
NAMES_SHARED, SUBJECT_NAMES_SHARED = 0.5, 0.2
NAMED = 30.0  # the weight from which names count as said: two or three rare pairs

FLOOR = 0.02  # less likely ones are not worth showing
