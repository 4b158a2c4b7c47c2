"""/desk/figures/: five figures, each opening its cases; whoever may not has no such page."""

import re
from datetime import timedelta
from html import unescape

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock


def test_a_case_that_was_accepted_is_counted_and_listed(cast, desk_of, play):
    play.report()
    play.accept()
    page = desk_of(cast.supervisor).get("figures/")
    assert "受理件数" in text_of(page)
    assert "按期结案率" in text_of(page)
    urls = [
        unescape(url)
        for url in re.findall(
            r'href="(/desk/figures/[a-z_]+/(?:numerator|denominator)/[^"]*)"', page.content.decode()
        )
    ]
    assert any("/accepted/" in url for url in urls)
    listed = desk_of(cast.supervisor).get(next(url for url in urls if "/accepted/" in url)[6:])
    assert play.case.number in listed.content.decode()


def test_whoever_oversees_nothing_has_no_such_page(cast, desk_of):
    assert desk_of(cast.handler).get("figures/").status_code == 404


def test_every_way_of_telling_apart_opens(cast, desk_of, play):
    play.until("closed")
    clock.advance(timedelta(days=1))
    for by in ("unit", "family", "community", "grid"):
        page = desk_of(cast.supervisor).get(f"figures/?by={by}&span=month")
        assert page.status_code == 200
        assert "件" in text_of(page)


@pytest.mark.parametrize("by", ["unit", "community", "grid", "family"])
@pytest.mark.parametrize("of", ["abc", "1.5", "²", "9223372036854775808", "9" * 26, "-1", "0"])
def test_a_key_no_row_can_have_is_nothing_there(cast, desk_of, by, of):
    answer = desk_of(cast.supervisor).get("figures/on_time_rate/denominator/", by=by, of=of)
    assert answer.status_code in (200, 404)
    assert by == "family" or answer.status_code == 404
