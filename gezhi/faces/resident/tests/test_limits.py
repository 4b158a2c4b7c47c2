"""What strangers write is limited by network: in a sentence, with nothing lost, and nobody else's."""

from ipaddress import ip_network
from uuid import uuid4

import pytest
from django.test import Client

from gezhi.faces.resident.conftest import words
from gezhi.faces.shell import writes
from gezhi.ground.counters.rules import Limit
from gezhi.work.cases.models import Report, Step


@pytest.fixture
def few(monkeypatch):
    """Two writes within ten minutes."""
    monkeypatch.setattr(writes, "TEN_MINUTES", Limit("write", 2, 600))


@pytest.mark.usefixtures("few")
def test_the_third_report_is_refused_in_words_and_what_was_typed_stays(resident):
    resident.receipt()
    resident.receipt()
    answer = resident.report(text="第三盏路灯也坏了", phone="13812345678", name="陈阿姨")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "10 分钟后再提交" in words(page)
    for typed in ("第三盏路灯也坏了", "13812345678", "陈阿姨"):
        assert typed in page
    assert Report.objects.count() == 2


@pytest.mark.usefixtures("few")
def test_every_way_of_writing_is_counted_and_reading_is_not(resident):
    address = resident.receipt()
    key = {"deed_key": str(uuid4())}
    assert resident.client.post(f"{address}/add", {"words": "还是不亮", **key}).status_code == 303
    before = Step.objects.count()
    for path, fields in (
        (f"{address}/add", {"words": "还是不亮"}),
        (f"{address}/urge", {}),
        ("/suggest", {"text": "字太小", "kind": "suggestion"}),
    ):
        answer = resident.client.post(path, {"deed_key": str(uuid4()), **fields})
        assert answer.status_code == 429
        assert all(value in answer.content.decode() for value in fields.values())
    assert Step.objects.count() == before
    assert resident.client.get(address).status_code == 200


@pytest.mark.usefixtures("few")
def test_the_day_has_a_limit_too(resident, monkeypatch):
    monkeypatch.setattr(writes, "TEN_MINUTES", Limit("write", 50, 600))
    monkeypatch.setattr(writes, "DAY", Limit("write_day", 2, 86_400))
    resident.receipt()
    resident.receipt()
    assert resident.report().status_code == 429


@pytest.mark.usefixtures("few")
def test_others_are_not_kept_from_writing(resident):
    for _one in range(3):
        resident.report()
    resident.client = Client(REMOTE_ADDR="10.1.2.3")
    assert resident.report().status_code == 303


@pytest.mark.usefixtures("few")
def test_a_system_the_operator_named_is_not_limited(resident, settings):
    settings.GEZHI_KNOWN_ADDRESSES = [ip_network("127.0.0.0/8")]
    for _one in range(4):
        resident.receipt()


@pytest.mark.usefixtures("few")
def test_a_program_is_told_when_to_come_again(cast):
    client = Client()
    answers = [
        client.post("/api/v1/reports", {"text": "路灯坏了"}, content_type="application/json",
                    headers={"Idempotency-Key": str(uuid4())})
        for _one in range(3)
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[-1].json()["code"] == "too_many"
    assert 0 < int(answers[-1]["Retry-After"]) <= 600
