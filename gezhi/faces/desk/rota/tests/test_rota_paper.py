"""/desk/rota/print/: two weeks for the wall; who printed them, when and what for stands on them."""

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.records.posts.tests.test_rota import nights

__all__ = ["nights"]


def test_the_paper_has_every_day_of_two_weeks_and_room_to_sign_in(cast, desk_of, nights):
    nights()
    page = text_of(desk_of(cast.zhang).take("rota/print/"))
    assert page.count("<tbody>") == 14
    assert "签到" in page


def test_the_paper_says_who_printed_it_and_what_for_as_the_trail_does(cast, desk_of, nights):
    nights()
    desk = desk_of(cast.zhang)
    assert "拿去做什么用" in text_of(desk.get("rota/print/"))
    page = text_of(desk.take("rota/print/", "贴在值班室"))
    entry = Entry.objects.get(verb="posts.print_rota")
    assert entry.purpose == "other: 贴在值班室"
    for said in (cast.zhang.name, "用途：贴在值班室", entry.detail["serial"]):
        assert said in page


def test_a_paper_without_a_purpose_comes_back_with_the_question(cast, desk_of, nights):
    nights()
    assert desk_of(cast.zhang).post("rota/print/", purpose="").status_code == 422
    assert not Entry.objects.filter(verb="posts.print_rota").exists()
