"""A city's requests come in through the open API, and its limits judge them: a small made-up file."""

import csv
import gzip
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.requests_311 import counting, pack, reading
from benchmarks.requests_311.replaying import Staff, replay
from gezhi.ground.codes.actions import import_pack
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case
from gezhi.work.cases.verification import broken_rows
from tests.cast import SYSTEM, Cast

ROWS = 24
TYPES = {"Street Light Outages": (336.0, 345.0), "Graffiti, Removal": (1512.0,), "Notification": ()}
# After the street of the cast was set up.
FIRST = datetime(2026, 2, 2, 1, 32, 33, tzinfo=UTC)


@pytest.fixture
def requests(tmp_path: Path) -> list[reading.Request]:
    """Closed before, after and in the very second of their limit, open ones, and some without one."""
    dice = random.Random(311)
    path = tmp_path / "requests.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reading.COLUMNS)
        writer.writeheader()
        for number in range(ROWS):
            kind = dice.choice(list(TYPES))
            opened = FIRST + timedelta(seconds=dice.randrange(86_400 * 40))
            hours = dice.choice(TYPES[kind]) if TYPES[kind] else None
            target = opened + timedelta(hours=hours, seconds=-dice.randrange(3)) if hours else None
            gap = dice.choice([timedelta(seconds=n) for n in (-1, 0, 1, -90_000, 90_000)])
            closed = (target or opened + timedelta(days=3)) + gap
            is_open = dice.random() < 0.15
            if not number:
                # One of the city's has its target eight hours before it was opened.
                kind, is_open = "Graffiti, Removal", False
                target, closed = opened - timedelta(hours=8), opened + timedelta(minutes=12)
            writer.writerow(
                {
                    "case_enquiry_id": f"{101000295613 + number}",
                    "open_dt": _words(opened),
                    "target_dt": _words(target) if target else "",
                    "closed_dt": "" if is_open else _words(closed),
                    "ontime": "",
                    "case_title": kind,
                    "type": kind,
                    "department": dice.choice(["PWDx", "INFO"]),
                    "location": "INTERSECTION of Groveland St & River St",
                    "latitude": "42.2715",
                    "longitude": "-71.0772",
                }
            )
    return reading.requests_in(path)


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _staff(cast: Cast) -> Staff:
    return Staff(
        acceptor=cast.acceptor.viewer,
        dispatcher=cast.dispatcher.viewer,
        checker=cast.checker.viewer,
        closer=cast.supervisor.viewer,
        handlers={"": (cast.street.sanitation.pk, cast.handler.viewer)},
    )


def test_our_figures_are_those_of_the_file(
    cast: Cast, requests: list[reading.Request], tmp_path: Path, settings
) -> None:
    settings.GEZHI_KNOWN_ADDRESSES = []
    classes = pack.classes_of(requests)
    with clock.moved_to(FIRST - timedelta(days=1)):
        import_pack(pack.write_pack(tmp_path, classes), by=SYSTEM)
    done = replay(requests, classes, _staff(cast), lambda request: cast.street.point)
    closed = sum(request.closed is not None for request in requests)
    assert done == 4 * ROWS + 3 * closed
    assert Case.objects.filter(state="closed").count() == closed
    assert {case.reported_at for case in Case.objects.all()} == {r.opened for r in requests}
    end = reading.end_of(requests) + timedelta(days=200)
    with clock.moved_to(end):
        figures = counting.ours(Viewer.system("test"), classes)
    straight = reading.recount(requests, end)
    assert counting.differences(figures, straight) == []
    assert any(judged.late for judged in straight.values())
    assert straight["Notification"].late == 0
    assert list(broken_rows()) == []


def test_the_comparison_can_fail(requests: list[reading.Request]) -> None:
    end = reading.end_of(requests)
    right = reading.recount(requests, end)
    wrong = {**right, "Notification": reading.Judged(0, 1)}
    assert len(counting.differences(wrong, right)) == 1
