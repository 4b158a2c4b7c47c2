"""What counts as right, strictly, and the sums of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from benchmarks.locate.generate import Case


@dataclass(frozen=True, slots=True)
class Said:
    """An answer reduced to what is judged."""

    verdict: str
    place_id: int | None
    candidate_ids: tuple[int, ...] = ()


def judge(
    case: Case, said: Said, parents: Mapping[int, int | None], kinds: Mapping[int, str]
) -> str:
    """One word for an answer:

    - full: the deepest place the text determines, called resolved; or called partial where the
      text says more than it determines (a room without its unit) or says beside. Of two places
      of one name: asked, both offered. Of a place outside the register: unknown.
    - part: called partial, a place above the truth, and a slip fell on a part that was lost.
    - asked: ambiguous, the truth or a place above it offered; for an unregistered place, asked.
    - short: a place above the truth although no slip fell below it, or called wrongly.
    - silent: unknown, or asked without the truth offered.
    - below: the right building, another stairwell or dwelling, or deeper than was said.
    - elsewhere: another building or compound: the worst. Any place where there is none.
    """
    if said.place_id is None:
        return _unplaced(case, said, parents)
    path = _path(said.place_id, parents)
    if not case.truth or path[-1] != case.path[-1]:
        return "elsewhere"
    if said.place_id == case.truth:
        return "full" if said.verdict == _called(case, kinds) else "short"
    if said.place_id in case.path:
        lost = case.hurt - {"name"}
        return "part" if said.verdict == "partial" and lost else "short"
    mine, theirs = _building(path, kinds), _building(case.path, kinds)
    return "elsewhere" if mine and mine != theirs else "below"


def _unplaced(case: Case, said: Said, parents: Mapping[int, int | None]) -> str:
    if said.verdict == "unknown":
        return "silent" if case.truth or case.among else "full"
    if case.truth:
        return "asked" if set(said.candidate_ids) & set(case.path) else "silent"
    if not case.among:
        return "asked"
    offered = {place for one in said.candidate_ids for place in _path(one, parents)}
    return "full" if case.among <= offered else "silent"


def _called(case: Case, kinds: Mapping[int, str]) -> str:
    short = case.said == "dwelling" and kinds[case.truth] != "dwelling"
    return "partial" if case.beside or short else "resolved"


def _path(place: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    found = [place]
    while (above := parents[found[-1]]) is not None:
        found.append(above)
    return tuple(found)


def _building(path: Iterable[int], kinds: Mapping[int, str]) -> int:
    return next((place for place in path if kinds[place] == "building"), 0)


@dataclass
class Tally:
    """How often each word fell."""

    words: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many were judged."""
        return self.words.total()

    def share(self, *words: str) -> float:
        """Which share of all had one of these words; 0 of none."""
        return sum(self.words[word] for word in words) / max(1, self.count)

    @property
    def right(self) -> float:
        """Full, in part without fault, or asked."""
        return self.share("full", "part", "asked")


def tally(
    cases: Iterable[Case],
    answer: Callable[[str], Said],
    parents: Mapping[int, int | None],
    kinds: Mapping[int, str],
) -> dict[str, Tally]:
    """The tallies of all cases ("all"), by kind of noise, of those with none, and of what is said."""
    found: dict[str, Tally] = {"all": Tally()}
    for case in cases:
        word = judge(case, answer(case.text), parents, kinds)
        kinds_of_noise = case.noise or {"none"}
        for key in ("all", *kinds_of_noise, f"said {case.said}"):
            found.setdefault(key, Tally()).words[word] += 1
    return found
