"""投诉与建议 about the platform: a report like any other, in a channel of its own."""

from uuid import uuid4

import pytest

from gezhi.faces.resident.conftest import values
from gezhi.work.cases.models import Report


def test_a_suggestion_gets_a_receipt(resident):
    page = resident.read("/suggest")
    answer = resident.client.post(
        "/suggest",
        {"deed_key": values(page)["deed_key"], "kind": "suggestion", "text": "字能再大些吗"},
    )
    assert answer.status_code == 303
    row = Report.objects.get()
    assert (row.channel, row.kind, row.anonymous) == ("platform", "suggestion", True)
    assert answer["Location"].startswith(f"/r/{row.number}/")


@pytest.mark.parametrize("kind", ["complaint", "suggestion", "praise"])
def test_every_kind_it_offers_is_in_the_packs(resident, kind):
    fields = {"deed_key": str(uuid4()), "kind": kind, "text": "一句话"}
    assert resident.client.post("/suggest", fields).status_code == 303


@pytest.mark.parametrize("fields", [{"text": ""}, {"kind": "bribe"}, {"phone": "1"}])
def test_a_wrong_field_is_named_and_words_stay(resident, fields):
    sent = {"deed_key": str(uuid4()), "kind": "complaint", "text": "接电话态度不好", **fields}
    answer = resident.client.post("/suggest", sent)
    assert answer.status_code == 422
    assert "接电话态度不好" in answer.content.decode() or "text" in fields
    assert not Report.objects.exists()


def test_the_same_suggestion_twice_is_one(resident):
    fields = {"deed_key": str(uuid4()), "kind": "complaint", "text": "一句话"}
    first, second = (resident.client.post("/suggest", fields)["Location"] for _ in range(2))
    assert first == second
    assert Report.objects.count() == 1
