"""The register of a district as the method reads it, with the aliases learnt; once a process.

Built anew when a place, a border or an alias that counts was added, and after an hour for what a
change of a row alone does not show.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from gezhi.methods.locate import Entry, Gazetteer
from gezhi.records.places.models import Place, PlaceKind
from gezhi.work.triage import aliases

KEPT_SECONDS = 3600.0
_KINDS = {PlaceKind.SITE.value: "facility"}


@dataclass(frozen=True, slots=True)
class _Built:
    version: tuple[Any, ...]
    at: float
    gazetteer: Gazetteer


_built: dict[int, _Built] = {}
_lock = threading.Lock()


def gazetteer_of(district_id: int) -> Gazetteer:
    """The names of the district's places; two small statements when it is built already."""
    version = _version(district_id)
    with _lock:
        known = _built.get(district_id)
        if known is None or known.version != version or time.monotonic() - known.at > KEPT_SECONDS:
            known = _Built(version, time.monotonic(), _build(district_id))
            _built[district_id] = known
    return known.gazetteer


def forget() -> None:
    """Leave every gazetteer of this process aside; for tests."""
    _built.clear()


def _version(district_id: int) -> tuple[Any, ...]:
    # Of all districts: by the primary key alone it is one step, within a district it is a sort.
    newest = Place.objects.order_by("-id")
    learnt = aliases.in_force(district_id).aggregate(Max("id"), Count("id"))
    return (*newest.values_list("id", flat=True)[:1], *learnt.values())


def _build(district_id: int) -> Gazetteer:
    names: dict[int, list[str]] = {}
    for place_id, words in aliases.in_force(district_id).values_list("place_id", "words"):
        names.setdefault(place_id, []).append(words)
    rows = Place.objects.filter(district_id=district_id, retired_at=None).values_list(
        "id", "kind", "name", "parent_id", "address"
    )
    return Gazetteer(
        Entry(
            place_id,
            _KINDS.get(kind, kind),
            name,
            parent_id,
            tuple(names.get(place_id, ())),
            address,
        )
        for place_id, kind, name, parent_id, address in rows.iterator(chunk_size=5000)
    )
