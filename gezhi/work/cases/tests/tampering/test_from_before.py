"""Rows from before they had seals, and rows that an older version left where they do not belong."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import covering
from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.rules import head_content, keyed
from gezhi.ground.audit.seals import Seals, added, summand
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.models import Attachment, Case, Opening
from gezhi.work.cases.queries.visible import opened_to
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.tests.tampering.hand import by_hand, close, found, take_the_seal_off
from gezhi.work.cases.verification import verify_cases
from tests.cast import Cast


def test_rows_from_before_there_were_seals_are_told_apart_and_sealed_once(
    told: Play, unguarded: None
) -> None:
    case_id = told.case.pk
    with connection.cursor() as cursor:
        take_the_seal_off(cursor.execute, told)
    checked = verify_cases(None, lambda count: None)
    assert (checked.broken, checked.subjects, checked.without_seal) == (None, 1, 1)
    with by_hand() as execute:
        close(execute, told)
        assert found() == [case_id]
    # A deed between the old version and the sealing leaves the case to it.
    told.check()
    assert covering.cover_all(Viewer.system("prepare")) == 1
    assert verify_cases(None, lambda count: None).without_seal == 0
    assert found() == []
    told.close()
    assert found() == []
    assert covering.cover_all(Viewer.system("prepare")) == 0
    assert Entry.objects.filter(verb="audit.cover").count() == 2


def test_openings_from_before_they_had_seals_are_counted_to_their_heads(
    cast: Cast, unguarded: None
) -> None:
    kept = Play(cast).until("handling", confidential=True, text="三楼有人开赌场")
    opening = actions.open_case(number=kept.case.number, by=cast.wang.viewer, need="decide")
    head = Head.objects.get(subject_kind="case", subject_id=kept.case.pk)
    head.rows = added(head.rows, -summand(opening.seal))
    head.seal = keyed(head_content(head))
    head.save()
    Opening.objects.update(seal="")
    assert found() == [kept.case.pk]
    import_module("gezhi.work.cases.migrations.0012_an_opening_has_a_seal").seal(apps, None)
    assert found() == []
    assert opened_to(cast.wang.viewer) == [kept.case.pk]


def test_photos_that_a_merge_left_behind_follow_their_reports_with_their_seals(play: Play) -> None:
    into = play.report().case
    play.report(text="同一堆垃圾", photos=(play.photo(),))
    left = play.case
    play.do(actions.merge, play.cast.acceptor.viewer, into=into.number)
    _put_back(Attachment.objects.get(), left, into)
    assert found() == []
    import_module("gezhi.work.cases.migrations.0013_photos_follow_their_reports").follow(apps, None)
    assert Attachment.objects.get().case == into
    assert found() == []


def _put_back(photo: Attachment, left: Case, into: Case) -> None:
    """As a merge left it that moved no photos."""
    giving, taking = Seals(), Seals()
    giving.change(photo, case=left)
    giving.release(photo)
    taking.take(photo, photo.seal)
    audit.settle_head(audit.locked_head("case", into.pk), giving)
    audit.settle_head(audit.locked_head("case", left.pk), taking)
