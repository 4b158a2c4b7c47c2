"""A browser that keeps no cookie: everything a stranger may do works; another site may do nothing."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from gezhi.faces.resident.conftest import values, words
from gezhi.work.cases.models import Attachment, Case, Report, Step, StepWords
from gezhi.work.cases.rules import Deed


class Cookieless(Client):
    """Asked as a browser with cookies refused asks: none is ever sent back."""

    def __init__(self):
        super().__init__(enforce_csrf_checks=True)

    def request(self, **request):
        self.cookies.clear()
        answer = super().request(**request)
        self.cookies.clear()
        return answer


@pytest.fixture
def browser(cast):
    return Cookieless()


def test_a_report_with_a_photo_is_taken_and_leads_to_its_page(browser, photo):
    sent = values(browser.get("/").content.decode())
    picture = SimpleUploadedFile("a.jpg", photo, "image/jpeg")
    answer = browser.post("/", {**sent, "text": "楼道灯坏了", "photos": picture})
    assert answer.status_code == 303
    assert Attachment.objects.get().report_id == Report.objects.get().pk
    assert "受理号" in browser.get(answer["Location"]).content.decode()


def test_what_is_refused_comes_back_with_its_words_and_its_key(browser):
    sent = values(browser.get("/").content.decode()) | {"text": "灯坏了", "phone": "12"}
    page = browser.post("/", sent)
    assert page.status_code == 422
    again = values(page.content.decode())
    assert again["deed_key"] == sent["deed_key"] and "灯坏了" in page.content.decode()
    assert browser.post("/", again | {"text": "灯坏了", "phone": ""}).status_code == 303


def test_the_place_is_looked_up_while_it_is_typed(browser, cast):
    name = cast.street.compound.name
    answer = browser.post("/where", {"place_words": name}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and name in answer.content.decode()


def test_a_report_is_followed_and_all_its_deeds_are_done(browser, resident, play, cast):
    address = browser.post("/", {"deed_key": str(uuid4()), "text": "灯坏了"})["Location"]
    own = Report.objects.get()
    found = browser.post("/track", {"number": own.number, "code": address.rsplit("/", 1)[-1]})
    assert (found.status_code, found["Location"]) == (303, address)
    added = browser.post(f"{address}/add", {"deed_key": str(uuid4()), "words": "门口也不亮"})
    assert added.status_code == 303
    assert StepWords.objects.filter(text="门口也不亮").exists()
    assert "收到了，办事的人看得到" in browser.get(added["Location"]).content.decode()
    assert browser.post(f"{address}/urge", {"deed_key": str(uuid4())}).status_code == 303
    assert Step.objects.filter(deed=Deed.URGE).exists()


def test_a_closed_matter_is_rated_and_opened_again(browser, play):
    play.until("closed")
    address = f"/r/{play.receipt.number}/{play.receipt.code}"
    rated = browser.post(f"{address}/rate", {"deed_key": str(uuid4()), "resolved": "solved"})
    assert rated.status_code == 303
    again = browser.post(f"{address}/reopen", {"deed_key": str(uuid4()), "words": "又坏了"})
    assert again.status_code == 303
    assert Step.objects.filter(deed=Deed.REOPEN).exists()


def test_a_suggestion_is_taken_and_a_grid_worker_is_found(browser, cast):
    sent = values(browser.get("/suggest").content.decode()) | {"text": "字太小"}
    assert browser.post("/suggest", sent).status_code == 303
    answer = browser.post("/grid-worker", {"place_words": cast.street.compound.name})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_what_another_site_sends_is_refused_with_cookies_and_without(resident, browser, headers):
    for sender in (browser, resident.client):
        answer = sender.post("/", {"deed_key": str(uuid4()), "text": "别处的话"}, headers=headers)
        assert answer.status_code == 403
        assert "别处的话" not in words(answer.content.decode())
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Origin": "http://testserver"},
        {"Origin": "null"},
        {},
    ],
)
def test_ones_own_page_and_a_browser_that_says_nothing_are_believed(browser, headers):
    answer = browser.post("/", {"deed_key": str(uuid4()), "text": "灯坏了"}, headers=headers)
    assert answer.status_code == 303


def test_only_what_a_stranger_does_goes_without_a_token():
    """Every view without Django's token is the resident's or the programs'; all of the resident's are."""
    exempt, all_of_resident = set(), set()

    def walk(patterns, namespaces=()):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                name = getattr(pattern, "namespace", None)
                walk(pattern.url_patterns, (*namespaces, name) if name else namespaces)
                continue
            view = pattern.callback
            if getattr(view, "csrf_exempt", False):
                exempt.add((namespaces[:1] or ("",))[0])
            elif namespaces[:1] == ("resident",):
                all_of_resident.add(view.__name__)

    walk(get_resolver().url_patterns)
    assert exempt <= {"resident", "openapi"}
    assert "resident" in exempt
    # What is left only reads.
    assert all_of_resident == {"borders", "roads", "receipt", "phones", "privacy", "photo"}
