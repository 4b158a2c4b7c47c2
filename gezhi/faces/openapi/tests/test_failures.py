"""Whatever fails below /api/ is told to a program in the one form it was promised."""

from datetime import timedelta

import pytest
from django.test import Client

from gezhi.kernel import clock
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.queries import tracked

FORM = {"code", "message", "errors"}


def told(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    assert set(answer.json()) == FORM
    assert answer.json()["message"]
    return answer.json()


@pytest.fixture
def caller(cast):
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v2/reports", "/api/x/%00", "/api/v1/%ff"]
)
def test_an_address_that_does_not_exist(caller, path):
    assert caller.get(path).status_code in (400, 404)
    told(caller.get(path), caller.get(path).status_code)


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "/api/v1/reports"), ("put", "/api/v1/reports"), ("delete", "/api/v1/reports/1"),
     ("options", "/api/v1/reports"), ("post", "/api/v1/"), ("post", "/api/v1/openapi.json")],
)  # fmt: skip
def test_a_method_it_does_not_take(caller, method, path):
    answer = getattr(caller, method)(path)
    assert told(answer, 405)["code"] == "method"
    assert answer["Allow"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])  # fmt: skip
def test_a_body_that_is_not_said_to_be_json(caller, kind):
    answer = caller.post(
        "/api/v1/reports", b'{"text": "x"}', content_type=kind,
        headers={"Idempotency-Key": "k" * 20},
    )  # fmt: skip
    assert told(answer, 415)["code"] == "not_json"
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["[" * 100_000, "9" * 5000, '{"place": {"longitude": 1e999}}'])
def test_json_that_is_too_much(program, body):
    answer = program.send(body)
    told(answer, answer.status_code)
    assert answer.status_code in (400, 422)


def test_a_host_nobody_named(caller, settings):
    settings.ALLOWED_HOSTS = ["gezhi.example"]
    told(caller.get("/api/v1/reports/1", headers={"Host": "elsewhere.example"}), 400)


def test_a_database_that_does_not_answer(program, monkeypatch):
    from django.db import OperationalError

    def broken(**asked):
        raise OperationalError("gone")

    monkeypatch.setattr("gezhi.faces.openapi.api.cases.report", broken)
    assert told(program.send(program.report()), 503)["code"] == "busy"


def test_a_middleware_that_fails(caller, monkeypatch):
    from gezhi.records.posts import queries

    def broken(user):
        raise RuntimeError("no viewer")

    monkeypatch.setattr(queries, "viewer_of", broken)
    told(caller.get("/api/v1/reports/2611230000001", headers={"X-Receipt-Code": "1" * 16}), 500)


@pytest.mark.usefixtures("english")
def test_failures_speak_the_language_of_the_caller(caller):
    answer = caller.get("/api/v1/nothing", headers={"Accept-Language": "en"})
    assert answer["Content-Language"] == "en"
    assert told(answer, 404)["message"].isascii()


NOW = "now"


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+08:00",
     "9999-12-31T23:59:59Z", "1971-01-01T00:00:00Z", "2126-11-20T19:30:00+08:00",
     "2099-01-01T00:00:00+08:00", "1700000000", "1700000000000", "-1", "2026-11-20",
     "2026-11-20 19:30", "2026-02-30T00:00:00Z", "２０26-11-20T19:30:00Z", "", "P1D",
     "2026-11-20T19:30:00+99:99"],
)  # fmt: skip
def test_a_time_nobody_can_have_seen_is_refused_at_its_field(program, moment):
    body = told(program.send(program.report(happened_at=moment)), 422)
    assert [one["field"] for one in body["errors"]] == ["happened_at"]
    assert not Report.objects.exists()


def test_times_at_both_ends_are_taken_and_read_back(program):
    now = clock.now()
    oldest, ahead = now - timedelta(days=365 * 29), now + timedelta(minutes=9)
    for moment in (oldest, ahead, now - timedelta(hours=3)):
        receipt = program.send(program.report(happened_at=moment.isoformat())).json()
        kept = Report.objects.get(number=receipt["number"])
        # A clock that goes fast is not believed: nothing happens later than it is told.
        assert kept.happened_at == min(moment, kept.received_at)
        assert tracked(receipt["number"], receipt["code"]).steps[0].at == kept.happened_at


@pytest.mark.parametrize("place_id", [str(2**63), "9" * 19, str(2**64), "0", "-1", "+1", "１"])
def test_an_id_no_row_can_have_is_refused_at_its_field(program, place_id):
    body = told(program.send(program.report(place={"place_id": place_id})), 422)
    assert body["errors"][0]["field"] == "place.place_id"


@pytest.mark.parametrize("text", ["\u200b\u200d\ufeff", "\u202e\u2066", "\u3164", "\x00"])
def test_a_report_of_signs_nobody_sees_is_empty(program, text):
    body = told(program.send(program.report(text=text)), 422)
    assert body["errors"][0]["field"] == "text"
