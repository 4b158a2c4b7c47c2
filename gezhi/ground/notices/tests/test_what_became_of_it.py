"""What is noted of each try, when it is tried again, and when no more."""

from typing import Any

import pytest

from gezhi.ground.notices import actions, providers, recipients
from gezhi.ground.notices.models import Delivery
from gezhi.ground.notices.providers import AddressRefused, Message, Refused, Unavailable
from gezhi.ground.notices.recipients import Recipient
from gezhi.ground.notices.rules import MOST_TRIES


class Moody:
    """A provider that does what it is told."""

    name = "moody"

    def __init__(self) -> None:
        self.raises: Exception | None = None
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.raises is not None:
            raise self.raises
        self.sent.append(message)


@pytest.fixture
def moody(db: None, settings: Any) -> Any:
    provider = Moody()
    providers.register("moody", lambda: provider)
    settings.GEZHI_NOTICE_PROVIDER = "moody"
    recipients.register("moody", lambda _id: Recipient("13900000001", number="2611230000017"))
    return provider


def asked(key: str = "k") -> Delivery:
    actions._send("moody", 7, "case_ask", key, None, after=None)
    return Delivery.objects.get(key=key)


def test_what_was_sent_is_noted_with_its_try(moody: Any) -> None:
    row = asked()
    assert actions.deliver(row.pk) == "sent"
    row.refresh_from_db()
    assert (row.tries, row.fault, row.asked_at is not None) == (1, "", True)
    assert actions.deliver(row.pk) == "sent" and len(moody.sent) == 1


@pytest.mark.parametrize("why", [Refused("signature", code="S1"), AddressRefused("number")])
def test_what_no_other_try_would_help_is_not_tried_again(moody: Any, why: Any) -> None:
    row = asked()
    moody.raises = why
    assert actions.deliver(row.pk) == "failed"
    row.refresh_from_db()
    assert (row.fault, row.code) == (why.fault, why.code)


def test_who_does_not_answer_is_tried_so_often_and_stands_among_what_failed(moody: Any) -> None:
    row = asked()
    moody.raises = Unavailable("busy", code="45009")
    for _try in range(MOST_TRIES - 1):
        with pytest.raises(Unavailable):
            actions.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.fault, row.code) == ("waiting", "busy", "45009")
    assert actions.deliver(row.pk) == "failed"


def test_what_nobody_foresaw_is_named_without_its_words(moody: Any) -> None:
    row = asked()
    moody.raises = RuntimeError("13900000001 said so")
    with pytest.raises(RuntimeError):
        actions.deliver(row.pk)
    row.refresh_from_db()
    assert row.fault == "unexpected" and "139" not in str(row.__dict__)


def test_who_brings_a_text_of_their_own_is_sent_that(moody: Any) -> None:
    recipients.register("moody", lambda _id: Recipient("环卫所", text="有 3 件待接单"))
    row = asked()
    actions.deliver(row.pk)
    assert moody.sent[0].text == "有 3 件待接单"
