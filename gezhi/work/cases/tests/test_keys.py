"""Deed keys: each its owner's, the same answer for the same key, whatever happened since."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid, KeyReused, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.models import Place
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import viewer_of
from gezhi.work.cases import actions, watching
from gezhi.work.cases.keys import KEY_LENGTH, derived, owner_of
from gezhi.work.cases.models import Case, Report, Step
from gezhi.work.cases.queries import visible_to
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.verification import broken_rows


def _take_keys(play: Play, *keys: str) -> None:
    """A stranger brings keys that the house makes up for itself."""
    for place, key in enumerate(keys):
        actions.report(intake=play.intake(text=f"占编号 {place}"), by=play.stranger, key=key)


def _return(play: Play, **changes: Any) -> Step:
    asked = {
        "reason_code": "place_unclear",
        "duty_id": None,
        "right_unit_id": None,
        "words": "看不清在哪",
    }
    by = play.cast.handler.viewer
    step: Step = play.do(actions.return_to_centre, by, **{**asked, **changes})
    return step


def _sees(play: Play) -> bool:
    """Whether the handler sees the case at all."""
    return visible_to(play.cast.handler.viewer).filter(number=play.receipt.case_number).exists()


def test_a_stranger_who_brings_the_watchdogs_key_does_not_keep_a_case_from_being_lifted(
    play: Play,
) -> None:
    play.until("dispatched")
    case = play.case
    _take_keys(play, f"lift:{case.number}:{case.version}")
    Appointment.objects.filter(user_id=play.cast.handler.user_id).update(to_at=clock.now())
    assert watching.lift_unstaffed() == 1
    assert play.case.holder_id == play.cast.street.centre.pk


def test_nor_from_being_archived(play: Play) -> None:
    play.until("closed")
    _take_keys(play, f"archive:{play.case.number}:1")
    clock.advance(timedelta(days=60))
    assert watching.archive_closed() == 1
    assert play.case.state == "archived"
    assert invariants.faults() == []


def test_a_colleague_may_bring_the_same_key_and_each_is_answered_their_own(play: Play) -> None:
    other = Play(play.cast).report()
    play.report()
    key = fresh_key()
    mine = play.do(actions.ask, play.cast.acceptor.viewer, key=key)
    with pytest.raises(KeyReused):
        other.do(actions.ask, play.cast.acceptor.viewer, key=key)
    theirs = play.do(actions.verify, play.cast.zhang.viewer, key=key, answer="exists")
    assert (mine.deed, theirs.deed) == ("ask", "verify")


def test_the_owner_in_the_table_is_who_brought_the_key(play: Play) -> None:
    play.until("closed")
    actions.rate(
        report=play.report_row, by=play.stranger, key=fresh_key(), resolved="solved", satisfied=""
    )
    clock.advance(timedelta(days=60))
    watching.archive_closed()
    owners = dict(Step.objects.values_list("deed", "key_owner"))
    assert owners["report"] == owner_of(play.stranger) == "stranger"
    assert owners["accept"] == owner_of(play.cast.acceptor.viewer)
    assert owners["accept"] == f"user:{play.cast.acceptor.user_id}"
    assert owners["rate"] == owner_of(play.stranger, play.receipt.report_id)
    assert owners["archive"] == owner_of(Viewer.system("beat")) == "system:beat"
    assert list(broken_rows()) == []


def test_a_return_sent_again_after_the_case_went_out_of_sight_answers_the_same(play: Play) -> None:
    play.until("handling")
    key = fresh_key()
    first = _return(play, key=key)
    assert not _sees(play)
    assert _return(play, key=key) == first
    assert play.case.steps.filter(deed="return").count() == 1


def test_with_other_words_it_is_refused_and_with_another_key_there_is_no_such_case(
    play: Play,
) -> None:
    play.until("handling")
    key = fresh_key()
    _return(play, key=key)
    with pytest.raises(KeyReused):
        _return(play, key=key, words="另外的话")
    with pytest.raises(Unseen):
        _return(play)


def test_another_person_with_the_key_learns_nothing(play: Play) -> None:
    play.until("handling")
    key = fresh_key()
    _return(play, key=key)
    with pytest.raises(Unseen):
        play.do(
            actions.return_to_centre,
            play.cast.tang.viewer,
            key=key,
            reason_code="place_unclear",
            duty_id=None,
            right_unit_id=None,
            words="看不清在哪",
        )


def test_whoever_left_their_post_is_answered_what_they_did(play: Play) -> None:
    play.until("handling")
    key = fresh_key()
    first = play.do(actions.finish, play.cast.handler.viewer, key=key, words="已清运")
    Appointment.objects.filter(user_id=play.cast.handler.user_id).update(to_at=clock.now())
    gone = viewer_of(User.objects.get(pk=play.cast.handler.user_id))
    assert gone.seats == ()
    assert play.do(actions.finish, gone, key=key, words="已清运") == first


def test_an_eighty_sign_key_merges(play: Play) -> None:
    into = Play(play.cast).report()
    play.report()
    key = "k" * KEY_LENGTH
    for _ in range(2):
        play.do(actions.merge, play.cast.acceptor.viewer, key=key, into=into.receipt.case_number)
    assert play.case.state == "merged"
    assert invariants.faults() == []


def test_an_eighty_sign_key_reopens_what_is_said_not_to_be_solved(play: Play) -> None:
    play.until("closed")
    for _ in range(2):
        actions.rate(
            report=play.report_row,
            by=play.stranger,
            key="k" * KEY_LENGTH,
            resolved="unsolved",
            satisfied="",
            words="还在",
        )
    assert (play.case.state, play.case.round) == ("accepted", 2)


def test_keys_of_eighty_signs_pass_each_case_of_a_bulk(play: Play) -> None:
    plays = [play, Play(play.cast)]
    numbers = []
    for number, one in enumerate(plays):
        one.receipt = actions.report_on_the_spot(
            intake=one.intake(class_code="event-0102"),
            words="已清",
            photos=[one.photo()],
            by=play.cast.zhang.viewer,
            key=f"{number}".rjust(KEY_LENGTH, "s"),
        )
        numbers.append(one.receipt.case_number)
    li = play.cast.li.viewer
    outcomes = actions.pass_on_the_spot(numbers=numbers, by=li, key="k" * KEY_LENGTH)
    assert [row.done for row in outcomes] == [True, True]
    again = actions.pass_on_the_spot(numbers=numbers, by=li, key="k" * KEY_LENGTH)
    assert [row.done for row in again] == [True, True]
    assert Step.objects.filter(deed="pass").count() == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a:b", "c"), ("a", "b:c")),
        (("k", "into"), ("k:into",)),
        (("k" * 80, "1"), ("k" * 80, "2")),
    ],
)
def test_derived_keys_differ_and_fit(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert derived(*one) != derived(*other)
    assert derived(*one) == derived(*one)
    assert len(derived(*one)) <= KEY_LENGTH


def test_handled_on_the_spot_is_answered_again_after_the_place_was_put_right(play: Play) -> None:
    worker, key = play.cast.zhang.viewer, fresh_key()
    photo = play.photo()

    def send() -> actions.Receipt:
        return actions.report_on_the_spot(
            intake=play.intake(class_code="event-0102"),
            words="已清",
            photos=[photo],
            by=worker,
            key=key,
        )

    play.receipt = first = send()
    Case.objects.filter(number=first.case_number).update(grid_id=None, community_id=None)
    again = send()
    assert (again.number, again.grid_id, again.repeated) == (first.number, first.grid_id, True)
    assert Step.objects.filter(deed="handle_on_the_spot").count() == 1


def _as_first_told(first: actions.Receipt, again: actions.Receipt) -> None:
    for name in ("number", "code", "promised_at", "unit_name", "community_id", "grid_id"):
        assert getattr(again, name) == getattr(first, name), name
    assert again.case_number == first.case_number


def test_a_receipt_asked_for_again_is_the_first_one_whatever_became_of_the_matter(
    play: Play,
) -> None:
    key = fresh_key()
    play.report(key=key)
    first = play.receipt
    play.accept().dispatch().take().finish().check().close()
    clock.advance(timedelta(days=1))
    actions.reopen(report=play.report_row, by=play.stranger, key=fresh_key(), words="又堆上了")
    Case.objects.filter(number=first.case_number).update(grid_id=None, community_id=None)
    assert play.report_row.promised_at != first.promised_at
    _as_first_told(first, actions.report(intake=play.intake(), by=play.stranger, key=key))


def test_after_a_merge_the_receipt_names_the_first_case_and_not_the_other(play: Play) -> None:
    key = fresh_key()
    into = Play(play.cast).report()
    play.report(key=key, by=play.cast.acceptor.viewer)
    first = play.receipt
    play.do(actions.merge, play.cast.acceptor.viewer, into=into.receipt.case_number)
    again = actions.report(intake=play.intake(), by=play.cast.acceptor.viewer, key=key)
    _as_first_told(first, again)


def test_a_report_is_answered_again_although_its_place_is_gone(play: Play) -> None:
    place = play.cast.street.building
    key = fresh_key()
    play.report(key=key, where=actions.Where(place_id=place.pk))
    Place.objects.filter(pk=place.pk).update(retired_at=clock.now())
    again = actions.report(
        intake=play.intake(where=actions.Where(place_id=place.pk)), by=play.stranger, key=key
    )
    assert again.number == play.receipt.number
    assert Report.objects.count() == 1


def test_a_report_is_answered_again_although_its_class_is_gone(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, asked = fresh_key(), play.intake(class_code="event-0102", kind="complaint")
    first = actions.report(intake=asked, by=play.stranger, key=key)
    monkeypatch.setattr(codes, "term", lambda *asked: None)
    with pytest.raises(Invalid):
        actions.report(intake=asked, by=play.stranger, key=fresh_key())
    _as_first_told(first, actions.report(intake=asked, by=play.stranger, key=key))


def test_a_reporters_word_sent_again_after_a_merge_is_one_word(play: Play) -> None:
    into = Play(play.cast).report()
    play.report()
    key = fresh_key()

    def add() -> Step:
        return actions.add_word(report=play.report_row, by=play.stranger, key=key, words="还在堆")

    first = add()
    play.do(actions.merge, play.cast.acceptor.viewer, into=into.receipt.case_number)
    assert add() == first


def test_after_the_audit_key_was_rotated_a_deed_key_still_knows_its_content(
    play: Play, tmp_path: Path
) -> None:
    folder = tmp_path / "keys"
    secrets.create_keys(folder)
    secrets.configure(secrets.FileProvider(folder))
    try:
        key = fresh_key()
        play.report(key=key)
        secrets.rotate(folder, "audit")
        again = actions.report(intake=play.intake(), by=play.stranger, key=key)
        assert again.number == play.receipt.number
        with pytest.raises(KeyReused):
            actions.report(intake=play.intake(text="另一件"), by=play.stranger, key=key)
    finally:
        secrets.configure(None)


def test_without_a_key_or_with_too_long_a_one_nothing_is_done(play: Play) -> None:
    play.report()
    for key in ("", "k" * (KEY_LENGTH + 1)):
        with pytest.raises(Invalid):
            play.do(actions.ask, play.cast.acceptor.viewer, key=key)
    assert play.case.state == "reported"
