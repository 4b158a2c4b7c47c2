"""Accounts as the security administrator keeps them, and the trail as the auditor reads it."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from gezhi.ground.accounts import actions, queries
from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Entry
from gezhi.kernel.viewer import Viewer
from tests.cast import SYSTEM


@pytest.fixture
def locked(cast):
    for _time in range(5):
        actions.begin_try(staff_number=cast.zhang.staff_number, address="10.0.0.1")


def test_the_locked_are_listed_and_unlocked(security, cast, locked, text_of):
    page = text_of(security.get("/desk/setup/accounts/?show=locked"))
    assert cast.zhang.name in page
    assert cast.li.name not in page
    url = f"/desk/setup/accounts/{cast.zhang.user_id}/unlock/"
    assert "解锁张小川" in text_of(security.get(url))
    security.post(url)
    assert not queries.is_locked(cast.zhang.staff_number, "10.0.0.1")
    assert "没有锁定的账号" in text_of(security.get("/desk/setup/accounts/?show=locked"))


def test_a_lost_phone_is_reset_and_sessions_end(security, client_of, cast):
    TOTP.activate(cast.zhang.user, "JBSWY3DPEHPK3PXP")
    browser = client_of(cast.zhang)
    security.post(f"/desk/setup/accounts/{cast.zhang.user_id}/factor/")
    assert browser.get("/work/").url.startswith("/login/")


def test_sessions_are_ended(security, client_of, cast):
    browser = client_of(cast.zhang)
    security.post(f"/desk/setup/accounts/{cast.zhang.user_id}/sessions/")
    assert browser.get("/work/").url.startswith("/login/")


def test_an_unknown_deed_does_not_exist(security, cast):
    assert security.post(f"/desk/setup/accounts/{cast.zhang.user_id}/promote/").status_code == 404


def test_an_administrator_is_replaced_by_the_security_administrator(security, cast, text_of):
    user = actions.create_user(
        staff_number="NW301", name="新审计", password="quiet-river-42", by=SYSTEM,
        district_id=cast.street.district.pk,
    )  # fmt: skip
    url = f"/desk/setup/staff/{user.pk}/seat/"
    sent = {"unit": str(cast.street.centre.pk), "role": "audit_administrator"}
    assert security.post(url, sent).status_code == 303
    assert "新审计" in text_of(security.get("/desk/setup/roles/"))
    refused = security.post(url, {"unit": str(cast.street.centre.pk), "role": "acceptor"})
    assert refused.status_code == 422


def test_the_auditor_reads_who_did_what(auditor, cast, text_of):
    actions.update_user(user=cast.zhang.user, by=cast.system_administrator.viewer, name="张小河")
    page = text_of(auditor.get("/desk/setup/audit/?staff_number=gl101"))
    assert "修改账号资料" in page
    assert cast.system_administrator.name in page
    # The trail holds no names; what the page calls somebody is looked up as it is now.
    assert not Entry.objects.filter(detail__icontains="张小河").exists()


def test_the_trail_is_narrowed_by_deed_and_day(auditor, cast, text_of):
    rows = "<tbody>"
    page = text_of(auditor.get("/desk/setup/audit/?verb=units."))
    assert "建立单位" in page.split(rows)[1]
    assert "任命" not in page.split(rows)[1]
    assert "没有找到" in text_of(auditor.get("/desk/setup/audit/?since=2026-11-24"))
    assert "建立单位" in text_of(auditor.get("/desk/setup/audit/?until=2026-11-23&verb=units."))


def test_an_unknown_number_is_told(auditor, text_of):
    assert "没有这个工号" in text_of(auditor.get("/desk/setup/audit/?staff_number=NOBODY"))


def test_a_refused_log_in_stands_out(auditor, client, cast, text_of):
    client.post("/login/", {"login": "WG101", "password": "wrong-password"})
    page = text_of(auditor.get("/desk/setup/audit/?verb=accounts.log_in"))
    assert "被拒绝" in page


def test_the_trail_goes_on_page_by_page(auditor, cast, text_of):
    for place in range(70):
        audit.record(
            by=Viewer.system("test", cast.street.district.pk), verb="cases.take",
            subject_kind="case", subject_id=place,
        )  # fmt: skip
    page = text_of(auditor.get("/desk/setup/audit/?verb=cases."))
    assert "after=" in page
    assert "after=made-up" not in page
    assert text_of(auditor.get("/desk/setup/audit/?after=made-up"))
