"""/desk/sheets/batches/: a large sheet on its way, with script and without, and back again."""

import re
from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import begin_batch, send_sheet
from gezhi.ground.accounts.models import User
from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.worker import Worker
from gezhi.ground.sheets import commas
from gezhi.ground.sheets.models import SheetBatch
from gezhi.kernel import clock

ROWS = [("工号", "姓名"), *((f"BN{number:04}", "甲人") for number in range(210))]
PART = {"HX-Request": "true"}


@pytest.fixture
def admin(client_of, cast):
    return client_of(cast.system_administrator)


@pytest.fixture
def page(admin):
    """The page of a batch that waits for a worker."""
    return begin_batch(admin, send_sheet(admin, "staff", commas.content(ROWS)).content.decode())


def address():
    return f"/desk/sheets/batches/{SheetBatch.objects.latest('pk').pk}/"


def test_the_preview_shows_the_first_hundred_and_says_how_many_more(admin):
    seen = send_sheet(admin, "staff", commas.content(ROWS)).content.decode()
    assert "210 行可以导入" in seen
    assert "另有 110 行没有列出来，一样导入" in seen
    assert not User.objects.filter(staff_number="BN0000").exists()


def test_a_browser_without_script_asks_again_by_itself_and_one_with_it_swaps_a_piece(admin, page):
    words = page.content.decode()
    assert "已办 0 行，共 210 行" in words
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in words
    part = admin.get(address(), headers=PART).content.decode()
    assert part.startswith('<div class="batch-progress')
    assert "<html" not in part


def test_at_the_end_the_page_of_the_outcome_takes_the_place_of_the_progress(admin, page):
    Worker().run_all()
    assert admin.get(address(), headers=PART).headers["HX-Refresh"] == "true"
    words = admin.get(address()).content.decode()
    assert re.search(r"导入了</span><span class=\"figure-value\">210<", words)
    assert User.objects.filter(staff_number__startswith="BN").count() == 210


def test_a_batch_that_stands_still_offers_to_go_on(admin, page):
    assert "接着做" not in page.content.decode()
    Task.objects.all().delete()
    clock.advance(timedelta(minutes=2))
    still = admin.get(address()).content.decode()
    assert "接着做" in still
    # It asks no more by itself: the idle clock of the session runs.
    assert "every 2s" not in still and "http-equiv" not in still
    assert admin.post(f"{address()}go-on/").status_code == 303
    Worker().run_all()
    assert SheetBatch.objects.get().state == "done"


def test_going_on_with_what_moves_is_refused_with_a_sentence(admin, page):
    answer = admin.post(f"{address()}go-on/")
    assert "正在进行" in admin.get(answer.url).content.decode()


def test_a_large_undo_shows_its_progress_too(admin, page):
    Worker().run_all()
    admin.post(f"{address()}undo/")
    assert "已撤销 0 行，共 210 行" in admin.get(address()).content.decode()
    Worker().run_all()
    assert "人员：已撤销" in admin.get(address()).content.decode()
    assert not User.objects.filter(staff_number__startswith="BN").exists()


def test_a_deed_that_is_loaded_again_leads_to_the_batch(admin, page):
    for deed in ("begin", "match", "go-on"):
        assert admin.get(f"{address()}{deed}/").url == address()
