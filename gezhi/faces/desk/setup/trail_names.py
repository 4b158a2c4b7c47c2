"""What the subjects of the trail are called: the trail holds their ids alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gezhi.ground.accounts.queries import staff_numbers
from gezhi.ground.audit.queries import EntryRow
from gezhi.ground.codes.queries import names_of_packs
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.places import queries as places
from gezhi.records.posts import queries as posts
from gezhi.records.units import queries as units
from gezhi.work.cases import queries as cases

Names = Mapping[int, str]
# The reporters of a page and everything they may be filtered by: kind → ids → names.
_KNOWN: dict[str, Callable[[Viewer, set[int]], Names]] = {
    "unit": lambda _viewer, ids: units.names_of(ids),
    "area": lambda _viewer, ids: places.names_of(ids),
    "case": cases.numbers_of_cases,
    "report": cases.numbers_of_reports,
    "post": posts.names_of_posts,
    "appointment": posts.names_of_appointments,
    "duty": duties.names_of,
    "route": lambda _viewer, ids: duties.names_of_routes(ids),
    "pack": lambda _viewer, ids: names_of_packs(ids),
}


@dataclass(frozen=True, slots=True)
class TrailNames:
    """Names by kind and id, and staff number and name of every account."""

    people: Mapping[int, tuple[str, str]]
    known: Mapping[str, Names]

    def of(self, kind: str, subject_id: int | None) -> str:
        """What a subject is called; "" for one without a name."""
        if kind == "user":
            number, name = self.people.get(subject_id or 0, ("", ""))
            return f"{name}（{number}）" if number else ""
        return self.known.get(kind, {}).get(subject_id or 0, "")


def names_for(viewer: Viewer, rows: Iterable[EntryRow]) -> TrailNames:
    """The names of everything these rows speak of: a query for each kind that is there."""
    rows = list(rows)
    people = {row.user_id for row in rows if row.user_id} | _subjects(rows, "user")
    found: dict[str, Names] = {}
    for kind, ask in _KNOWN.items():
        ids = _subjects(rows, kind)
        if kind == "unit":
            ids |= {row.unit_id for row in rows if row.unit_id}
        if ids:
            found[kind] = ask(viewer, ids)
    return TrailNames(staff_numbers(people), found)


def _subjects(rows: Iterable[EntryRow], kind: str) -> set[int]:
    return {row.subject_id for row in rows if row.subject_kind == kind and row.subject_id}
