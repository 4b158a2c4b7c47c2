"""What is asked, by which ways, and when advice counts as falling; pure."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

QUESTIONS = ("class", "kind", "unit", "place", "same")
# What a model can learn from the office's own history.
LEARNT = ("class", "kind", "unit")
TOLERATED = ("class", "kind", "unit")
METHODS = ("rules", "model", "duty", "likeness", "place", "route")
# Of these the one that learnt from the office, so that the tolerance holds it to its promise.
LEARNT_BY = "model"
DEFAULT_ERROR = 0.03
LEAST_ERROR, MOST_ERROR = 0.001, 0.5

# An alias counts once staff chose it twice, or once somebody said so in so many words.
ALIAS_AFTER = 2

# The right share of a month falls when so many were judged and it lost so much (issue 3, point 6).
JUDGED_AT_LEAST = 50
POINTS_LOST = 0.05
COMPARED_MONTHS = 3

# Fewer people in the window do not make a hot topic.
PEOPLE_OF_A_TOPIC = 3

# A topic that came back so often after silence is a candidate of 每月一题.
RETURNS_OF_A_MONTHLY_QUESTION = 2

# Shown from here on, since of what is called so likely so many were one (docs/methods/resemble.md):
# to staff 0.77 and more of the judged pairs, to residents, who merge by one press, 0.92 and more.
LEAST_LIKENESS = 0.6
LIKELY_ONE = 0.8


# Advice likelier wrong than right is said to be unsure (拿不准): it counts as abstained.
LEAST_GIVEN = 0.5


def is_given(confidence: float, abstained: bool) -> bool:
    """Whether advice was given to a person at all, or counts as abstained."""
    return not abstained and confidence >= LEAST_GIVEN


def band_of(confidence: float, abstained: bool) -> str:
    """How sure, in a code the page puts into words: sure, fair or unsure."""
    if not is_given(confidence, abstained):
        return "unsure"
    return "sure" if confidence >= 0.9 else "fair"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one question over some time; of what was given, `learnt` is by a trained model."""

    cases: int = 0
    given: int = 0
    settled: int = 0
    taken: int = 0
    judged: int = 0
    right: int = 0
    learnt: int = 0
    learnt_judged: int = 0
    learnt_right: int = 0

    @property
    def coverage(self) -> float | None:
        """Share of the cases for which advice was given; None of no cases."""
        return self.given / self.cases if self.cases else None

    @property
    def taken_share(self) -> float | None:
        """Share of the settled advice that the person chose, too."""
        return self.taken / self.settled if self.settled else None

    @property
    def right_share(self) -> float | None:
        """Share of the judged advice that the case ended with."""
        return self.right / self.judged if self.judged else None

    @property
    def learnt_right_share(self) -> float | None:
        """The same of a trained model's advice alone."""
        return self.learnt_right / self.learnt_judged if self.learnt_judged else None


def together(tallies: Sequence[Tally]) -> Tally:
    """The sum of several tallies."""
    return Tally(*(sum(counts) for counts in zip(*map(astuple, tallies), strict=True)))


def fell(month: Tally, before: Sequence[Tally], error: float) -> bool:
    """Whether a month's right share is a reason to tell the supervisors.

    Only a trained model is looked at: keywords and the duty list promise nothing, follow no
    tolerance and cannot be taught. With fewer than 50 judged it says nothing. Else it fell when it
    lies five points under the months before, or under what the office's tolerance promises.
    """
    share = month.learnt_right_share
    if share is None or month.learnt_judged < JUDGED_AT_LEAST:
        return False
    earlier = together(before).learnt_right_share
    return share < 1 - error or (earlier is not None and round(earlier - share, 9) >= POINTS_LOST)
