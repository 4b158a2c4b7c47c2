"""/desk/notices/: one's own inbox."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.notices import actions, queries
from gezhi.ground.notices.models import Notice
from gezhi.work.cases.queries import desk


@pytest.fixture
def told(cast, play):
    """A handler who was told of a case."""
    play.until("dispatched")
    actions.notify_user(
        user_id=cast.handler.user_id,
        kind="case_dispatch",
        subject_kind="case",
        subject_id=play.case.pk,
        subject_number=play.case.number,
        key="told-1",
    )
    return Notice.objects.get(key="told-1")


def test_an_empty_inbox_says_what_would_come(cast, desk_of):
    assert "还没有通知" in text_of(desk_of(cast.tang).get("notices/"))


def test_a_line_opens_its_case_and_is_read(cast, play, told, desk_of):
    desk = desk_of(cast.handler)
    page = text_of(desk.get("notices/"))
    assert "新派单，请接单：" in page
    response = desk.post(f"notices/{told.pk}/open/", number=play.case.number)
    assert response.headers["Location"] == f"/desk/cases/{play.case.number}/"
    assert queries.unread_count(cast.handler.viewer) == 0


def test_a_line_calls_the_case_as_its_list_does(cast, play, told, desk_of):
    page = text_of(desk_of(cast.handler).get("notices/")).split('class="notice-list"')[1]
    row = desk.by_numbers(cast.handler.viewer, [play.case.number])[0]
    assert f"新派单，请接单：{row.title}" in page
    assert row.community_name in page
    play.case.__class__.objects.update(public_summary="路灯不亮")
    assert f"新派单，请接单：{row.title}" in text_of(desk_of(cast.handler).get("notices/"))


def test_a_case_that_left_the_viewer_keeps_its_number_only(cast, play, told, desk_of):
    Notice.objects.update(user_id=cast.tang.user_id)
    page = text_of(desk_of(cast.tang).get("notices/"))
    assert "新派单，请接单：已经不归您办" in page
    assert play.case.number in page


def test_the_rail_counts_what_is_unread(cast, told, desk_of):
    page = text_of(desk_of(cast.handler).get("notices/"))
    rail = page.split('class="rail"')[1].split("</nav>")[0]
    assert "通知" in rail
    assert '<span class="count">1</span>' in rail.split("/desk/notices/")[1]


def test_all_can_be_marked_read(cast, told, desk_of):
    assert desk_of(cast.handler).post("notices/read/").status_code == 303
    assert queries.unread_count(cast.handler.viewer) == 0


def test_anothers_line_is_left_alone(cast, told, desk_of):
    desk = desk_of(cast.tang)
    assert "新派单" not in text_of(desk.get("notices/"))
    desk.post(f"notices/{told.pk}/open/", number="")
    desk.post("notices/read/")
    assert queries.unread_count(cast.handler.viewer) == 1


def test_the_way_out_is_never_another_site(cast, told, desk_of):
    for number in ("//evil.example", "https://evil.example/", "../../admin"):
        response = desk_of(cast.handler).post(f"notices/{told.pk}/open/", number=number)
        assert response.headers["Location"] == "/desk/notices/"


def test_a_made_up_cursor_is_refused_in_words(cast, desk_of):
    response = desk_of(cast.handler).get("notices/", after="nonsense")
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        ("triage_learn", "/desk/advice/value/"),
        ("triage_fell", "/desk/advice/value/"),
        ("triage_digest", "/desk/topics/"),
    ],
)
def test_a_line_that_speaks_of_a_page_opens_it(cast, desk_of, kind, leads):
    person = cast.supervisor
    actions.notify_user(
        user_id=person.user_id, kind=kind, subject_kind="triage", subject_id=None,
        subject_number="", key="told-of-a-page",
    )  # fmt: skip
    told = Notice.objects.get(key="told-of-a-page")
    desk = desk_of(person)
    assert f'name="kind" value="{kind}"' in text_of(desk.get("notices/"))
    assert desk.post(f"notices/{told.pk}/open/", kind=kind).headers["Location"] == leads
    assert desk.get(leads.removeprefix("/desk/")).status_code == 200
    assert queries.unread_count(person.viewer) == 0
