"""On PostgreSQL: two phones with one link press at the same moment, or it is taken back meanwhile."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from gezhi.faces.resident.guest.tests.test_guest import Door
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.work.cases import actions
from gezhi.work.cases.models import Attachment, Invitation, Step
from gezhi.work.cases.rules import State
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.invitations.models import Visit
from tests.cast import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each of these answered, all begun at one moment."""
    gate = threading.Barrier(len(deeds))
    answers: list[Any] = [None] * len(deeds)

    def run(at: int) -> None:
        try:
            with clock.moved_to(NOW):
                gate.wait(30)
                answers[at] = deeds[at]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


@pytest.fixture
def door(play: Play) -> Door:
    """A link whose holder was let in on one phone."""
    play.report().accept().dispatch(lead_unit_id=play.cast.street.property_firm.pk)
    return Door(play).enter()


@pytest.fixture
def phones(door: Door) -> list[Client]:
    """Two phones that were let in by it."""
    second = Client()
    assert second.post(door.url, {"code": door.signs.code}).status_code == 303
    return [door.phone, second]


def _press(door: Door, phone: Client, deed: str, **data: Any) -> Callable[[], int]:
    fields = {"deed_key": fresh_key(), **data}
    return lambda: phone.post(f"{door.url}/{deed}", fields).status_code


def _steps(door: Door, deed: str) -> int:
    return Step.objects.filter(case=door.play.case, deed=deed).count()


def _finish(door: Door, phone: Client, photo: bytes) -> Callable[[], int]:
    picture = SimpleUploadedFile("a.jpg", photo, "image/jpeg")
    return _press(door, phone, "finish", words="清走了", photos=picture)


@pytest.mark.parametrize("_turn", range(3))
def test_two_phones_take_it_at_once_and_one_has_it(
    door: Door, phones: list[Client], _turn: int
) -> None:
    answers = _at_once(*(_press(door, phone, "take") for phone in phones))
    assert sorted(answers) == [303, 409]
    assert _steps(door, "take") == 1
    assert door.play.case.state == State.HANDLING


@pytest.mark.parametrize("_turn", range(3))
def test_two_phones_finish_it_at_once_and_it_is_done_once(
    door: Door, phones: list[Client], photo: bytes, _turn: int
) -> None:
    assert door.post("take").status_code == 303
    answers = _at_once(*(_finish(door, phone, photo) for phone in phones))
    assert sorted(answers) == [303, 409]
    assert _steps(door, "finish") == 1
    assert door.play.case.state == State.CHECKING
    # What the slower phone sent hangs on nothing of the case.
    assert Attachment.objects.filter(case=door.play.case, step__isnull=False).count() == 1


@pytest.mark.parametrize("_turn", range(3))
def test_one_button_pressed_twice_at_once_is_one_deed(door: Door, _turn: int) -> None:
    key = fresh_key()
    answers = _at_once(*(_press(door, door.phone, "take", deed_key=key) for _ in range(2)))
    assert answers == [303, 303]
    assert _steps(door, "take") == 1


@pytest.mark.parametrize("_turn", range(4))
def test_taken_back_while_it_is_finished_one_of_the_two_comes_first(
    door: Door, photo: bytes, _turn: int
) -> None:
    assert door.post("take").status_code == 303
    play = door.play
    number, by = play.case.number, play.cast.dispatcher.viewer
    version = play.case.version
    revoked: list[bool] = []

    def revoke() -> None:
        try:
            actions.revoke(number=number, by=by, key=fresh_key(), version=version)
        except Refusal:
            revoked.append(False)
        else:
            revoked.append(True)

    answer, _none = _at_once(_finish(door, door.phone, photo), revoke)
    finished = _steps(door, "finish")
    # Done or shut out with a sentence; never half of it, never an error of the server.
    assert answer in (303, 409, 410)
    assert finished == (answer == 303)
    assert revoked == [True] or finished == 1
    invitation = Invitation.objects.get()
    assert (invitation.ended_at is not None) == (revoked == [True])
    page = door.phone.get(door.url)
    assert page.status_code == (410 if revoked == [True] else 200)
    assert door.play.case.state == (State.CHECKING if finished else State.HANDLING)


def test_two_phones_let_in_at_once_are_the_first_and_the_second(door: Door) -> None:
    phones = [Client(), Client()]
    answers = _at_once(
        *(
            lambda phone=phone: phone.post(door.url, {"code": door.signs.code}).status_code
            for phone in phones
        )
    )
    assert answers == [303, 303]
    seen = Visit.objects.filter(outcome="let_in").values_list("device", flat=True)
    assert sorted(seen) == [1, 2, 3]


def test_wrong_codes_at_once_are_counted_one_by_one(door: Door) -> None:
    wrong = "000000" if door.signs.code != "000000" else "111111"
    answers = _at_once(
        *(lambda: Client().post(door.url, {"code": wrong}).status_code for _ in range(8))
    )
    assert sorted(answers) == [422] * 5 + [429] * 3
    assert Visit.objects.filter(outcome="wrong_code").count() == 5
