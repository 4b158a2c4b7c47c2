"""What the cases of one batch have in common: asked once, whichever of them asks first."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from gezhi.work.triage.models import Fingerprint

T = TypeVar("T")


class Shared:
    """Answers that hold for a whole batch, and the fingerprints that its cases are to get."""

    def __init__(self, case_ids: Iterable[int]) -> None:
        self.case_ids = tuple(case_ids)
        self.fingerprints: list[Fingerprint] = []
        self._answers: dict[tuple[Hashable, ...], Any] = {}

    def once(self, ask: Callable[..., T], *arguments: Hashable) -> T:
        """What the function answers to these arguments, asked of it once a batch."""
        key = (ask, *arguments)
        if key not in self._answers:
            self._answers[key] = ask(*arguments)
        answer: T = self._answers[key]
        return answer

    def forget(self, ask: Callable[..., object], *arguments: Hashable) -> None:
        """Ask anew next time: the answer has changed since."""
        self._answers.pop((ask, *arguments), None)
