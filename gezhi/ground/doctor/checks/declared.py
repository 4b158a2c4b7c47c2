"""What a check says of itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gezhi.ground.doctor.rules import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: `look` yields what it finds, at least one finding, each with a code that
    begins with `name`. It changes nothing, and what it cannot do it may raise."""

    name: str
    title: Any
    look: Callable[[], Iterable[Finding]]
    needs_database: bool = False
