"""gezhi demo: one small run from an empty database, looked at from all sides."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from gezhi.faces.shell.login.demo import demo_accounts
from gezhi.faces.terminal.demo import guests as guests_unit
from gezhi.faces.terminal.demo.lives import CLASSES
from gezhi.faces.terminal.demo.papers import PAPERS
from gezhi.faces.terminal.demo.staff import DEMO_ACCOUNTS
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.published import DEMO_PASSWORD
from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties.queries import duty_for
from gezhi.records.places import actions as places
from gezhi.records.places.models import Area, Place
from gezhi.records.places.queries import default_district, location_of_area
from gezhi.records.posts.crew import crew_of
from gezhi.records.posts.queries import staffed_unit_ids, viewer_of
from gezhi.records.units.models import Unit
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Case, Report, Step
from gezhi.work.cases.rules import State

pytestmark = pytest.mark.django_db
CASES = 24


def run(*words):
    out = io.StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue()


def test_the_demo_street_stands_and_lives(settings, tmp_path):
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    told = run("--cases", str(CASES))
    assert DEMO_PASSWORD in told
    _the_street_is_whole()
    _everybody_is_there(told)
    _every_class_told_of_has_a_unit_that_leads_it()
    _cases_stand_in_every_state()
    _work_waits_to_be_looked_at_where_the_grid_worker_of_the_guide_walks()
    assert run("--if-empty") == ""
    with pytest.raises(CommandError, match="--fresh"):
        run()
    with pytest.raises(CommandError, match="20000"):
        run("--cases", "20001")


def _the_street_is_whole():
    district = default_district()
    areas = Area.objects.filter(district=district)
    assert district.name == "锦江区"
    assert areas.filter(level=Level.STREET).count() == 11
    assert [area.name for area in areas.filter(level=Level.STREET, in_use=True)] == ["锦官驿街道"]
    assert areas.filter(level=Level.COMMUNITY).count() == 6
    assert 27 <= areas.filter(level=Level.GRID).count() <= 33
    kinds = Counter(Place.objects.values_list("kind", flat=True))
    assert abs(kinds["dwelling"] - 9_000) < 180
    assert not Place.objects.filter(kind__in=["building", "dwelling"], grid_id=None).exists()


def _everybody_is_there(told):
    for number, role, _ in DEMO_ACCOUNTS:
        user = User.objects.get(staff_number=number)
        assert number in told
        assert user.check_password(DEMO_PASSWORD)
        assert role in viewer_of(user).roles
    assert len(demo_accounts()) == len(DEMO_ACCOUNTS)
    # But for those who are sent a link: nobody of theirs has an account.
    guests = set(Unit.objects.filter(name=guests_unit.NAME).values_list("id", flat=True))
    units = set(Unit.objects.values_list("id", flat=True))
    assert staffed_unit_ids(units) == units - guests
    for grid in Area.objects.filter(level=Level.GRID):
        crew = crew_of(grid.district_id, location_of_area(grid.id))
        professions = {member.profession for member in crew}
        assert {"grid_worker", "grid_manager", "police", "fire", "property"} <= professions
        assert len(professions) >= 15


def _every_class_told_of_has_a_unit_that_leads_it():
    grid = Area.objects.filter(level=Level.GRID)[0]
    location = location_of_area(grid.id)
    families = {row.code for row in codes.terms("matters") if not row.parent_code}
    for code in CLASSES | families:
        assert duty_for(grid.district_id, code, location) is not None, code


def _work_waits_to_be_looked_at_where_the_grid_worker_of_the_guide_walks():
    worker = viewer_of(User.objects.get(staff_number="3101"))
    walked = {seat.area_id for seat in worker.seats}
    assert Case.objects.filter(state=State.CHECKING, grid_id__in=walked).exists()


def _cases_stand_in_every_state():
    assert Case.objects.filter(real()).count() == CASES + len(PAPERS)
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    assert Report.objects.count() > CASES
    assert not Step.objects.filter(recorded_at__gt=clock.now()).exists()
    # By case: papers, orders and what was sent outside are played when the rest has been.
    in_earnest = Step.objects.filter(real("case__"))
    ordered = in_earnest.order_by("case_id", "id").values_list("case_id", "recorded_at")
    assert list(ordered) == sorted(ordered)
    assert not Case.objects.filter(grid_id=None).exists()
    assert not Case.objects.filter(finished_by=F("checked_by")).exclude(finished_by=None).exists()
    assert Case.objects.filter(on_the_spot=True).exists()
    assert Case.objects.filter(round=2).exists()


def test_a_street_somebody_set_up_is_never_touched():
    places.register_district(code="110101", name="东城区", by=Viewer.system("setup"))
    entries = Entry.objects.count()
    for words in ([], ["--fresh"]):
        with pytest.raises(CommandError, match="自己建的"):
            run(*words)
    assert run("--if-empty") == ""
    assert Entry.objects.count() == entries


def test_a_production_installation_has_no_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境"):
        run()
