"""封存摘要: shown to print and save, and one noted earlier is compared; nothing typed is lost."""

import pytest

from gezhi.ground.audit.models import Block
from gezhi.ground.audit.tests import trail

URL = "/desk/setup/audit/anchor/"


@pytest.fixture
def blocks(cast, monkeypatch):
    """Whatever the cast left in the trail in one block, then three of four entries."""
    trail.seal(monkeypatch)
    trail.three_blocks(monkeypatch)
    return list(Block.objects.order_by("up_to_entry_id"))


@pytest.fixture
def auditor(client_of, cast):
    return client_of(cast.audit_administrator)


def test_before_the_first_block_it_says_so(auditor, text_of):
    assert "还没有封存" in text_of(auditor.get(URL))


def test_todays_is_shown_and_the_trail_leads_to_it(auditor, text_of, blocks):
    page = text_of(auditor.get(URL))
    assert blocks[-1].digest[:8] in page
    assert f"第 {len(blocks)} 块" in page
    assert URL in auditor.get("/desk/setup/audit/").content.decode()


def test_one_noted_earlier_is_compared(auditor, text_of, blocks):
    noted = blocks[1].digest[:16]
    assert "相符：在第 2 块" in text_of(auditor.post(URL, {"noted": noted}))
    with trail.by_force():
        Block.objects.filter(pk=blocks[1].pk).delete()
    page = text_of(auditor.post(URL, {"noted": noted}))
    assert "没有这份摘要" in page
    assert noted in page


def test_what_is_no_digest_stays_in_the_form(auditor, text_of):
    page = text_of(auditor.post(URL, {"noted": "昨天那份"}), 422)
    assert "没有认出摘要" in page
    assert "昨天那份" in page
