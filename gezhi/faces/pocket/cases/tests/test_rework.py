"""A case that is back for rework says so on the phone: tag in lists, the checker's words on top."""

import pytest

from gezhi.work.cases import actions


@pytest.fixture
def failed(cast, play):
    """What the worker settled on the spot and the community did not find settled."""
    play.report()
    play.do(
        actions.handle_on_the_spot,
        cast.zhang.viewer,
        words="已清走",
        photos=[play.photo()],
        class_code="event-0102",
    )
    play.do(actions.check, cast.li.viewer, passed=False, words="花台后面还有")
    return play


def test_the_first_page_and_the_case_wear_the_tag(phone, failed):
    number = failed.case.number
    assert "返工</span>" in phone.get("/pocket/").content.decode()
    page = phone.get(f"/pocket/cases/{number}/").content.decode()
    assert "返工</span>" in page
    top = page.split('class="came-back"')[1]
    assert "花台后面还有" in top and top.index("花台后面还有") < top.index("经过")


def test_the_next_look_says_what_failed_before(cast, phone, play):
    play.until("checking").check(passed=False, words="还有一袋没清走").finish()
    page = phone.get(f"/pocket/cases/{play.case.number}/check/").content.decode()
    assert "上一次核查没通过" in page and "还有一袋没清走" in page
