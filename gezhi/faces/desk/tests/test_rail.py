"""The rail: everybody their own pages, with numbers that are true."""

import re
from typing import Any

from gezhi.faces.desk.conftest import text_of
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Post


def _rail(page):
    return page.split('class="rail"')[1].split("</nav>")[0]


def test_every_entry_opens(cast, desk_of):
    """For the first who has it and the last: pages differ little between the people of one role."""
    having: dict[str, list[Any]] = {}
    for name, person in cast.staff():
        desk = desk_of(person)
        for address in re.findall(r'href="([^"]+)"', _rail(text_of(desk.get("notices/")))):
            having.setdefault(address, []).append((name, desk))
    for address, people in having.items():
        for name, desk in dict((people[0], people[-1])).items():
            assert desk.client.get(address).status_code == 200, (name, address)


def test_the_number_is_the_length_of_the_queue(cast, play, another, desk_of):
    play.until("reported")
    another.until("reported")
    rail = _rail(text_of(desk_of(cast.acceptor).get("")))
    assert re.search(
        r"/desk/queues/accepting/.*?<span>待受理</span>"
        r'<span class="count">2</span>',
        rail,
    )


def test_the_queue_a_case_was_opened_from_is_marked(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    rail = _rail(text_of(desk.get(f"cases/{play.case.number}/", queue="accepting")))
    assert '<a href="/desk/queues/accepting/" aria-current="page">' in rail


def test_administrators_have_no_cases_in_their_rail(cast, desk_of):
    for person in (
        cast.system_administrator,
        cast.security_administrator,
        cast.audit_administrator,
    ):
        assert "/desk/queues/" not in _rail(text_of(desk_of(person).get("notices/")))


def test_queues_in_which_nothing_waits_are_folded_but_for_the_current_one(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    seen, folded = _halves(text_of(desk.get("")))
    assert "/desk/queues/accepting/" in seen and "/desk/notices/" in seen
    assert "/desk/queues/overdue/" in folded
    assert f"没有待办的 {folded.count('href=')} 项" in folded
    seen, folded = _halves(text_of(desk.get("queues/overdue/")))
    assert "/desk/queues/overdue/" in seen and "/desk/queues/overdue/" not in folded


def _halves(page):
    """What stands in the rail at once, and what folds away."""
    before, _, rest = _rail(page).partition("<details>")
    folded, _, after = rest.partition("</details>")
    return before + after, folded


def test_every_entry_opens_for_a_clerk_who_covers_a_grid_as_well(cast, desk_of):
    clerk = cast.li
    admin = cast.system_administrator.viewer
    own = Post.objects.get(appointments__user=clerk.user)
    covered = posts.create_post(
        unit=own.unit, area_id=cast.street.grid.pk, role=own.role, name="代管第一网格", by=admin
    )
    posts.appoint(post=covered, user=clerk.user, by=admin)
    desk = desk_of(clerk)
    entries = re.findall(r'href="([^"]+)"', _rail(text_of(desk.get("notices/"))))
    assert "/desk/blanks/" in entries
    answers = {address: desk.client.get(address).status_code for address in entries}
    assert set(answers.values()) == {200}, answers
