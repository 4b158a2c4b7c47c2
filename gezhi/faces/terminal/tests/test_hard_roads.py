"""The hard roads of the demo: played by themselves on its street, on days when a clock could break."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime

import pytest
from django.db import transaction

from gezhi.faces.terminal.demo.hard.acts import DAY
from gezhi.faces.terminal.demo.hard.doing import HardDeeds
from gezhi.faces.terminal.demo.hard.roads import ROADS, roads_for
from gezhi.faces.terminal.demo.lives import CLASSES
from gezhi.faces.terminal.demo.photos import Photos
from gezhi.faces.terminal.demo.plot import Plot, terms_of_classes
from gezhi.faces.terminal.demo.street import SEED, Street, build_street
from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.clock import SHANGHAI
from gezhi.records.posts.queries import viewer_of
from gezhi.work.cases import queries as cases
from gezhi.work.cases.models import Appeal, Assignment, Case, Extension, Hang, Precedent, Step
from gezhi.work.cases.rules import Mark
from gezhi.work.cases.tests import invariants

# In the night that begins a year whose holidays nobody announced; the morning after the longest.
NEW_YEAR = datetime(2027, 1, 1, 3, 0, tzinfo=SHANGHAI)
AFTER_HOLIDAYS = datetime(2026, 10, 8, 8, 35, tzinfo=SHANGHAI)

# What each of the accounts to begin with finds in its queues, and who decides on what.
WAITS = {
    "1002": {"dispatching": 2, "approving": 2, "whistled": 2, "hung": 5},
    "1004": {
        "approving": 5, "ruling": 2, "appeals": 2, "supervised": 4, "whistled": 2, "hung": 5,
    },
    "1005": {"supervised": 4, "whistled": 2, "hung": 5},
    "2101": {"supervised": 1, "assisting": 1, "called": 1, "hung": 1},
    "4011": {"supervised": 1, "assisting": 1, "called": 1, "hung": 1, "taking": 1},
    "4021": {"supervised": 1, "assisting": 1, "called": 1, "hung": 1},
}  # fmt: skip


@pytest.fixture
def street(settings, tmp_path, request) -> Iterator[Street]:
    """The demo street as it stands at the moment a test names, the clock moved there."""
    settings.MEDIA_ROOT = tmp_path
    with clock.moved_to(request.param):
        yield build_street(request.param, lambda _words: nullcontext())


def _played(street: Street, seed: int = SEED) -> Plot:
    now = clock.now()
    terms = terms_of_classes(CLASSES)
    plot = Plot(street.spots, terms, now=now, seed=seed, cases=300, home=street.home)
    plot.running = [running for running in plot.running if running.life.road]
    photos = Photos(plot.running, now=now, seed=seed)
    district_id = street.ground.district.id
    plot.play(HardDeeds(street.cast, terms, photos, district_id=district_id, seed=seed, now=now))
    photos.close()
    return plot


def _told() -> list[tuple[object, ...]]:
    """Every step as a reader sees it: no id, nothing drawn by chance; no key either, since those of
    the clock hold the case's number, which goes on counting when a build is rolled back."""
    steps = Step.objects.values_list(
        "recorded_at", "deed", "due_after", "to_state", "user_id", "reason_code", "words__text"
    )
    return sorted(steps, key=repr)


@pytest.mark.django_db
@pytest.mark.parametrize("street", [NEW_YEAR], indirect=True)
def test_whoever_logs_in_finds_a_case_in_each_queue_of_what_is_hard(street):
    plot = _played(street)
    assert Case.objects.count() == len(ROADS)
    assert not invariants.faults()
    for number, waits in WAITS.items():
        found = cases.counts(viewer_of(User.objects.get(staff_number=number)))
        assert not {name for name in waits if found[name] < waits[name]}, number
    _everything_was_decided_either_way()
    _what_was_ruled_is_cited()
    _nothing_lies_beyond_its_road(plot, street.home)


def _everything_was_decided_either_way():
    for model in (Hang, Extension, Appeal):
        assert set(model.objects.values_list("granted", flat=True)) == {None, True, False}, model
    assert Extension.objects.exclude(form=None).filter(granted=True).exists()
    assert Extension.objects.exclude(form=None).filter(granted=None).exists()
    assert Hang.objects.filter(ended_at=None, granted=True, review_at__lt=clock.now()).exists()
    assert Hang.objects.filter(ended_at=None, granted=True, review_at__gt=clock.now()).exists()
    marks = {mark for case in Case.objects.all() for mark in case.all_marks}
    assert marks >= set(Mark) - {Mark.EMERGENCY, Mark.DRILL, Mark.INVITED}


def _what_was_ruled_is_cited():
    assert Precedent.objects.count() == 3
    cited = Assignment.objects.exclude(precedent=None)
    assert {row.unit_id for row in cited} <= set(Precedent.objects.values_list("unit", flat=True))
    assert cited.exists()


def _nothing_lies_beyond_its_road(plot, home):
    """All was done that was to be done by now; only what is archived may wait for its night."""
    for running in plot.running:
        assert running.moments == sorted(running.moments)
        left = [deed for deed, at in zip(running.life.deeds, running.moments, strict=True)
                if at >= clock.now()]  # fmt: skip
        assert set(left) <= {"archive"}, running.life.story.text
        if running.life.road.at_home:
            assert running.spot.grid_id in home


@pytest.mark.django_db
@pytest.mark.parametrize("street", [AFTER_HOLIDAYS], indirect=True)
def test_two_builds_of_a_seed_tell_the_same_and_none_is_late_for_a_holiday(street):
    told = []
    for _build in range(2):
        with transaction.atomic():
            _played(street)
            told.append(_told())
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert len(told[0]) > 300


def test_a_demo_has_its_hard_roads_and_a_small_one_a_share_of_them():
    assert roads_for(300) == list(ROADS)
    assert roads_for(60) == list(ROADS[:7])
    assert not roads_for(19)
    assert len(roads_for(900)) == 3 * len(ROADS)
    kinds = [road.acts[-1].deed for road in roads_for(60)]
    assert len(set(kinds)) > 4


def test_every_hard_road_fits_in_the_sixty_days_however_many_of_them_nobody_works():
    # Fifty-nine days around the longest holidays have thirty-eight of work.
    for road in ROADS:
        assert road.hold + sum(act.gap for act in road.acts) < 37 * DAY, road.story.text


def test_a_hard_road_names_nobody_and_each_is_told_of_in_its_own_words():
    said = [act.words for road in ROADS for act in road.acts if act.words]
    long = [words for words in said if len(words) > 12]
    assert len(set(long)) == len(long)
    for words in said:
        assert "{" not in words
        assert len(words) < 140
