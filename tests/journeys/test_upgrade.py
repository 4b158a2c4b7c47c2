"""An installation that works already is brought up to date, and loses nothing of it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader

from gezhi.ground.audit import triggers
from gezhi.kernel import clock
from gezhi.records.posts.models import Appointment
from gezhi.work.cases.actions import Where
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.watching import lift_unstaffed
from gezhi.work.triage import counting
from gezhi.work.triage.tasks import advise
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


class _StepByStep(MigrationLoader):
    """As in an installation whose tables grew one migration after another."""

    def load_disk(self) -> None:
        super().load_disk()
        found = self.disk_migrations.items()
        self.disk_migrations = {key: one for key, one in found if not one.replaces}


@pytest.fixture(autouse=True)
def step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """No migration that makes the tables at once."""
    monkeypatch.setattr(executor, "MigrationLoader", _StepByStep)


def _back_to(version: str) -> None:
    """To an earlier version of the tables of cases, without the counts that came after all of them:
    going back ends with today's triggers, which count into columns that are not there yet."""
    call_command("migrate", "cases", version, verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in counting.POSTGRESQL:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON triage_advice")


def test_cases_of_the_first_version_come_along_and_their_guards_stand_again(cast: Cast) -> None:
    placed = Play(cast).until("handling").case
    unplaced = Play(cast).report(where=Where()).case
    advise.func(placed.pk)
    steps = Step.objects.count()
    _back_to("0001_initial")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET street_id = NULL WHERE id = %s", [unplaced.pk])
    call_command("migrate", verbosity=0)
    assert Case.objects.get(pk=unplaced.pk).street_id == cast.street.street.pk
    assert Case.objects.get(pk=placed.pk).street_id == placed.street_id
    assert Step.objects.count() == steps
    assert triggers.missing() == ()
    Play(cast).until("closed")


def test_keys_of_before_get_their_owners_and_one_taken_by_a_stranger_blocks_nothing_any_more(
    cast: Cast,
) -> None:
    play = Play(cast).until("dispatched")
    Play(cast).report(key=f"lift:{play.case.number}:{play.case.version}")
    _back_to("0004_a_case_can_be_relocated")
    call_command("migrate", verbosity=0)
    owners = dict(Step.objects.filter(case=play.case).values_list("deed", "key_owner"))
    assert owners == {
        "report": "stranger",
        "accept": f"user:{cast.acceptor.user_id}",
        "dispatch": f"user:{cast.dispatcher.user_id}",
    }
    Appointment.objects.filter(user_id=cast.handler.user_id).update(to_at=clock.now())
    assert lift_unstaffed() == 1
    assert play.case.holder_id == cast.street.centre.pk
