"""What goes into the look for the same case, and what comes out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparedCase:
    """One case or report: its text as a fingerprint, and where, when and of which class.

    `moment` counts days (since 1970); longitude and latitude are degrees of one system for the
    whole index. None, "" and what is not finite mean unknown, which speaks neither for nor
    against. `open` cases are found however old they are.
    """

    id: int
    fingerprint: bytes
    moment: float
    longitude: float | None = None
    latitude: float | None = None
    compound_id: int | None = None
    class_code: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure it is that a case is the one asked for, and what spoke for it.

    `score` is a probability. `text`, `place` and `time` are its parts from 0 (against) to 1 (for);
    an unknown place is 0.5. `merge`: sure enough to be offered as one case, not only as alike.
    """

    id: int
    score: float
    text: float
    place: float
    time: float
    merge: bool
