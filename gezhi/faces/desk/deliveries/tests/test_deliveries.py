"""/desk/deliveries/: what went, what did not and why, and once more."""

from datetime import datetime
from typing import Any

from gezhi.faces.desk.conftest import text_of
from gezhi.faces.desk.deliveries import words
from gezhi.ground.audit.models import Entry
from gezhi.ground.jobs.models import Task
from gezhi.ground.notices.models import Delivery
from gezhi.kernel import clock


def a_message(cast: Any, **changes: Any) -> Delivery:
    fields: dict[str, Any] = {
        "district_id": cast.street.district.pk, "key": f"k{Delivery.objects.count()}",
        "provider": "sms", "recipient_kind": "user", "recipient_id": cast.zhang.user_id,
        "kind": "case_ask", "state": "sent", "asked_at": clock.now(),
    } | changes  # fmt: skip
    return Delivery.objects.create(**fields)


def test_it_says_what_went_what_did_not_and_what_to_do(cast: Any, desk_of: Any) -> None:
    a_message(cast)
    a_message(cast, state="failed", fault="signature", code="1001", tries=1)
    a_message(
        cast, provider="wecom", recipient_kind="group", state="waiting", fault="busy", tries=2
    )
    desk = desk_of(cast.system_administrator)
    shown = text_of(desk.get("deliveries/"))
    for word in ("发出去了", "没发出去", "签名不对", "1001", "企业微信群", "试了 2 次", "再试一次"):
        assert word in shown
    assert cast.zhang.name not in shown
    failed = text_of(desk.get("deliveries/", state="failed"))
    assert "签名不对" in failed and "发得太快" not in failed
    assert "这一天没有" in text_of(desk.get("deliveries/", day="2020-01-01"))
    for day in ("x", "0001-01-01", "9999-12-31"):
        today = text_of(desk.get("deliveries/", day=day, state="x", provider="x"))
        assert "发出去了" in today, day


def test_a_failed_one_goes_out_again_once(cast: Any, desk_of: Any) -> None:
    row = a_message(cast, state="failed", fault="signature", tries=5)
    desk = desk_of(cast.system_administrator)
    assert desk.post(f"deliveries/{row.pk}/again/").status_code == 303
    row.refresh_from_db()
    assert (row.state, row.tries, row.fault) == ("waiting", 0, "")
    assert Task.objects.filter(path__endswith="notices.tasks.deliver").count() == 1
    assert desk.post(f"deliveries/{row.pk}/again/").status_code == 409
    assert Task.objects.filter(path__endswith="notices.tasks.deliver").count() == 1
    assert Entry.objects.filter(verb="notices.try_again").count() == 1


def test_nobody_else_has_the_page(cast: Any, desk_of: Any) -> None:
    row = a_message(cast, state="failed")
    for person in (cast.dispatcher, cast.security_administrator):
        assert desk_of(person).get("deliveries/").status_code == 404
        assert desk_of(person).post(f"deliveries/{row.pk}/again/").status_code == 404


def test_a_message_of_another_district_is_none_of_ours(cast: Any, desk_of: Any) -> None:
    row = a_message(cast, district_id=999, state="failed")
    desk = desk_of(cast.system_administrator)
    assert f"deliveries/{row.pk}/again" not in text_of(desk.get("deliveries/"))
    assert desk.post(f"deliveries/{row.pk}/again/").status_code == 404


def test_every_fault_a_provider_tells_has_words() -> None:
    told = {
        "timeout", "unreachable", "tls", "half_answer", "bad_answer", "unknown_answer", "busy",
        "server", "number", "signature", "keyword", "ip", "clock", "webhook", "bad_message",
        "refused", "not_set_up", "unexpected", "unavailable",
    }  # fmt: skip
    assert told == set(words.FAULTS)


def test_a_page_of_many_asks_no_more_than_one_of_few(
    cast: Any, desk_of: Any, django_assert_max_num_queries: Any
) -> None:
    desk = desk_of(cast.system_administrator)
    desk.get("deliveries/")
    for _one in range(60):
        a_message(cast, state="failed", fault="busy")
    with django_assert_max_num_queries(12):
        first = desk.get("deliveries/")
    assert "after=" in first.content.decode()


def test_one_that_waits_says_what_it_waits_for(cast: Any, desk_of: Any) -> None:
    desk = desk_of(cast.system_administrator)
    with clock.moved_to(datetime(2026, 11, 23, 22, 30, tzinfo=clock.SHANGHAI)):
        a_message(cast, state="waiting", recipient_kind="report")
        a_message(cast, state="waiting", recipient_kind="user")
        a_message(cast, state="waiting", recipient_kind="report", fault="busy")
        night = text_of(desk.get("deliveries/", state="waiting"))
    assert night.count("免打扰，明天 08:00 发") == 1
    assert night.count("排着队，马上发") == 1
    assert night.count("发得太快") == 1
    with clock.moved_to(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)):
        a_message(cast, state="waiting", recipient_kind="report")
        assert "免打扰" not in text_of(desk.get("deliveries/", state="waiting"))
