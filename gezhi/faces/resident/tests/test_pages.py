"""What holds for every page of this face: weight, words, size, law."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from gezhi.faces.resident.conftest import words
from gezhi.faces.resident.guest.tests.test_guest import BRIEF, Door
from gezhi.faces.shell.stylesheet import joined

PAGES = ("/", "/track", "/grid-worker", "/suggest", "/privacy", "/phones")
# The whole first load over the wire (HTML, styles, scripts, icons), compressed as it is sent.
MOST_BYTES = 150_000


def weight(page):
    """Bytes of a page with all it loads at once, each compressed by itself."""
    addresses = re.findall(r'<(?:script[^>]*src|link[^>]*href)="(/static/[^"]+)"', page)
    whole = len(gzip.compress(page.encode()))
    for address in addresses:
        text = joined(address, lambda name: static_file(name).decode())
        whole += len(gzip.compress(text.encode()))
        for inner in re.findall(r'url\("?([^")]+\.svg)"?\)', text):
            whole += len(gzip.compress(static_file(f"{address.rsplit('/', 1)[0]}/{inner}")))
    return whole


def static_file(address):
    path = finders.find(address.removeprefix("/static/"))
    assert path, address
    with open(path, "rb") as file:
        return file.read()


@pytest.mark.parametrize("deed", ["", "/ask", "/finish"])
def test_what_somebody_outside_loads_is_light(play, deed):
    play.report().accept().dispatch(lead_unit_id=play.cast.street.property_firm.pk)
    door = Door(play)
    assert weight(door.phone.get(door.url).content.decode()) < MOST_BYTES / 2
    page = door.enter().phone.get(f"{door.url}{deed}").content.decode()
    assert BRIEF in page
    assert weight(page) < MOST_BYTES / 2


@pytest.mark.parametrize("address", PAGES)
def test_the_first_load_is_light(resident, address):
    page = resident.read(address)
    assert "/static/shell/shell.css" in page
    assert weight(page) < MOST_BYTES / 2


def test_the_map_is_loaded_on_a_tap_only(resident):
    page = resident.read("/")
    assert 'data-script="/static/vendor/leaflet/leaflet.js"' in page
    assert '<script src="/static/vendor/leaflet' not in page


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_script_or_style_of_its_own(resident, address):
    page = resident.read(address)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    policy = resident.client.get(address)["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_the_others_and_to_large_text(resident, address):
    page = resident.read(address)
    for link in ("/track", "/grid-worker", "/suggest", "/privacy"):
        assert f'href="{link}"' in page
    assert "长辈版" in page and "English" in page


def test_large_text_is_a_form_without_script(resident):
    answer = resident.client.post("/size/", {"size": "large", "next": "/track"})
    assert answer.status_code == 302 and answer["Location"] == "/track"
    assert 'data-size="large"' in resident.read("/track")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("address", PAGES)
def test_english_pages_hold_no_chinese_but_names(resident, address):
    resident.client.cookies["gezhi_language"] = "en"
    page = resident.read(address)
    for name in ("青溪区", "桐花街道", "桐花社区", "梧桐社区", "桐花苑", "柏树里", "中文"):
        page = page.replace(name, "")
    assert re.findall(r"[\u4e00-\u9fff]+", words(page)) == []


def test_the_home_page_takes_few_questions(resident, django_assert_max_num_queries):
    resident.read("/")
    with django_assert_max_num_queries(10):
        resident.read("/")
