"""A message goes out once, by day, to an address nobody wrote down: notices and the queue."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.worker import Worker
from gezhi.ground.notices import actions, providers, recipients, sentences
from gezhi.ground.notices.models import Delivery
from gezhi.ground.notices.quiet import quiet_until
from gezhi.ground.notices.reporter_sentences import REPORTERS
from gezhi.kernel import clock
from gezhi.kernel.fields import seal_into

pytestmark = pytest.mark.django_db
PHONE = "13912345678"
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=clock.SHANGHAI)


class Post:
    """A provider that keeps what it is given and does as the test says."""

    name = "post"

    def __init__(self):
        self.sent = []
        self.trouble = None

    def send(self, message):
        if self.trouble:
            raise self.trouble
        self.sent.append(message)


@pytest.fixture
def post(settings, monkeypatch):
    made = Post()
    monkeypatch.setattr(providers, "_makers", {"post": lambda: made})
    monkeypatch.setattr(providers, "_made", {})
    settings.GEZHI_NOTICE_PROVIDER = "post"
    return made


@pytest.fixture(autouse=True)
def reporters(monkeypatch):
    """Report 1 left a number, report 2 none, report 3 reads English."""
    known = {
        1: recipients.Recipient(PHONE, number="2026112300001"),
        2: recipients.Recipient(""),
        3: recipients.Recipient(PHONE, language="en", number="2026112300003"),
    }
    monkeypatch.setitem(recipients._resolvers, "report", known.get)


def work():
    return Worker().run_all()


def test_a_reporter_gets_one_message_for_a_key(post):
    actions.send_to_report(1, "case_close", "k")
    actions.send_to_report(1, "case_close", "k")
    assert work() == 1
    (message,) = post.sent
    assert (message.address, message.key) == (PHONE, "k")
    assert "202611 2300 001" in message.text
    assert "已办结" in message.text
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at) == ("sent", clock.now())


def test_no_row_and_no_task_holds_the_number(post):
    actions.send_to_report(1, "case_close", "k")
    work()
    rows = [*Delivery.objects.values(), *Task.objects.values(), *Entry.objects.values()]
    assert PHONE not in str(rows)
    assert PHONE not in repr(post.sent)


def test_opening_the_number_is_recorded_with_its_purpose(post):
    actions.send_to_report(1, "case_close", "k", district_id=3)
    work()
    entry = Entry.objects.get(verb="read.phone")
    assert (entry.system_name, entry.subject_kind, entry.subject_id) == ("notices", "report", 1)
    assert (entry.purpose, entry.district_id) == ("case_close", 3)


@pytest.mark.parametrize("report_id", [2, 9])
def test_without_an_address_nothing_is_opened_and_the_row_says_so(post, report_id):
    actions.send_to_report(report_id, "case_close", "k")
    work()
    assert Delivery.objects.get().state == "no_address"
    assert not Entry.objects.filter(verb="read.phone").exists()


def test_a_provider_that_does_not_answer_is_tried_again(post):
    post.trouble = providers.Unavailable()
    actions.send_to_report(1, "case_close", "k")
    work()
    assert Delivery.objects.get().state == "waiting"
    post.trouble = None
    clock.advance(timedelta(minutes=1))
    work()
    assert len(post.sent) == 1
    assert Delivery.objects.get().state == "sent"


def test_an_address_the_provider_refuses_is_not_tried_again(post):
    post.trouble = providers.AddressRefused()
    actions.send_to_report(1, "case_close", "k")
    work()
    assert Delivery.objects.get().state == "failed"
    assert Task.objects.get().state == "done"


def test_a_message_already_sent_is_not_sent_by_a_second_run(post):
    actions.send_to_report(1, "case_close", "k")
    work()
    assert actions.deliver(Delivery.objects.get().pk) == "sent"
    assert len(post.sent) == 1


def test_reporters_are_left_in_peace_at_night(post):
    with clock.moved_to(NIGHT):
        actions.send_to_report(1, "case_close", "k")
        assert work() == 0
    with clock.moved_to(NIGHT + timedelta(hours=10)):
        assert work() == 1
    assert len(post.sent) == 1


def test_a_message_of_the_day_that_is_late_waits_for_the_morning(post):
    actions.send_to_report(1, "case_close", "k")
    with clock.moved_to(NIGHT):
        assert work() == 1
        assert not post.sent
    with clock.moved_to(NIGHT + timedelta(hours=10)):
        work()
    assert len(post.sent) == 1


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T20:59:59", None),
        ("2026-11-23T21:00:00", "2026-11-24T08:00:00"),
        ("2026-11-23T23:59:59", "2026-11-24T08:00:00"),
        ("2026-11-24T00:00:00", "2026-11-24T08:00:00"),
        ("2026-11-24T07:59:59", "2026-11-24T08:00:00"),
        ("2026-11-24T08:00:00", None),
    ],
)
def test_the_night_begins_at_nine_and_ends_at_eight_in_china(now, until):
    moment = datetime.fromisoformat(now).replace(tzinfo=clock.SHANGHAI).astimezone(UTC)
    wanted = until and datetime.fromisoformat(until).replace(tzinfo=clock.SHANGHAI)
    assert quiet_until(moment) == wanted


def staff_member(**changes):
    user = User(staff_number="1", name="陈", created_at=clock.now(), **changes)
    seal_into(user, "phone", PHONE)
    user.save()
    return user


def test_staff_are_reached_at_night_too(post):
    with clock.moved_to(NIGHT):
        actions.send_to_user(staff_member().pk, "case_lift", "k")
        work()
    assert [message.address for message in post.sent] == [PHONE]


def test_somebody_who_left_is_not_written_to(post):
    actions.send_to_user(staff_member(is_active=False).pk, "case_lift", "k")
    work()
    assert Delivery.objects.get().state == "no_address"


def test_a_kind_of_recipient_nobody_knows_is_a_failure_to_look_at(post):
    actions._send("planet", 1, "case_close", "k", None, after=None)
    work()
    assert "LookupError" in Task.objects.get().error


def test_without_a_provider_the_row_says_so_and_no_task_is_written(settings):
    settings.GEZHI_NOTICE_PROVIDER = "carrier_pigeon"
    actions.send_to_report(1, "case_close", "k")
    assert Delivery.objects.get().state == "no_channel"
    assert not Task.objects.exists()


def test_production_does_not_pretend_to_send(settings):
    settings.PRODUCTION = True
    del settings.GEZHI_NOTICE_PROVIDER
    assert providers.chosen() == ""


def test_the_console_shows_a_masked_number_and_the_log_none(capsys, caplog):
    with caplog.at_level(logging.INFO, "gezhi.notices"):
        actions.send_to_report(1, "case_close", "k")
        work()
    shown = capsys.readouterr().out
    assert "139****5678" in shown
    assert PHONE not in shown
    assert caplog.messages == ["case_close to report 1"]


@pytest.mark.parametrize("kind", [*REPORTERS, "case_unheard_of"])
def test_every_message_names_the_number_and_the_sender(kind):
    text = sentences.message("report", kind, "NUMBER")
    assert "NUMBER" in text
    assert text.startswith("【格治】")
    assert len(text) <= 70, "one part of an SMS"


@pytest.mark.parametrize("kind", [*REPORTERS, "case_unheard_of"])
def test_a_message_is_said_in_the_language_of_the_report(kind):
    with override("en"):
        text = sentences.message("report", kind, "NUMBER")
    assert "NUMBER" in text
    assert text.startswith("[Gezhi]") and text.isascii()
