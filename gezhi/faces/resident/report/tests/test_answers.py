"""您是不是想问: what the knowledge base answers is shown before sending, once, and keeps no report back."""

import pytest
from django.conf import settings

from gezhi.faces.resident.conftest import values, words
from gezhi.work.cases.models import Case
from gezhi.work.knowledge import actions
from gezhi.work.knowledge.rules import Written

ASKED = "你好，我想问居住证怎么办"


@pytest.fixture
def published(cast):
    """`published(audience)`: an entry that answers it, for residents or for staff alone."""

    def out(audience="residents"):
        written = Written(
            "居住证怎么办？", "带身份证到社区办。", "《居住证暂行条例》",
            cast.street.sanitation.pk, audience=audience,
        )  # fmt: skip
        row = actions.write(written=written, by=cast.acceptor.viewer, key="draft")
        return actions.publish(article=row, by=cast.supervisor.viewer)

    return out


def test_what_answers_it_is_shown_while_it_is_written(resident, published):
    published()
    page = words(resident.where(text=ASKED, place_words="桐花苑"))
    assert "您是不是想问" in page and "带身份证到社区办" in page and "《居住证暂行条例》" in page
    assert "您是不是想问" not in words(resident.where(text="楼下路灯坏了", place_words="桐花苑"))


def test_what_is_for_staff_alone_is_shown_to_no_resident(resident, published):
    published("staff")
    assert "带身份证" not in words(resident.where(text=ASKED, place_words="桐花苑"))


def test_whoever_has_not_seen_it_is_asked_once_and_may_send_all_the_same(resident, published):
    published()
    page = resident.report(text=ASKED, place_words="桐花苑").content.decode()
    assert "您是不是想问这些" in words(page) and not Case.objects.exists()
    again = values(page)
    resident.receipt(
        text=ASKED, place_words="桐花苑", deed_key=again["deed_key"],
        answers_seen=again["answers_seen"], seen=again.get("seen", ""),
    )  # fmt: skip
    assert Case.objects.count() == 1


def test_in_english_it_says_so_around_the_words_of_the_office(resident, published):
    published()
    resident.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = words(resident.where(text=ASKED, place_words="桐花苑"))
    assert "Is this what you want to ask?" in page and "带身份证到社区办" in page
