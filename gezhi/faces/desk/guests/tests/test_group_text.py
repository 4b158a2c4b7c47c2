"""发群的话: class, community, until when, and a link that asks to log in; nothing else."""

import re
from typing import Any

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.work.cases.tests.playing import Play


def words_in(response: Any) -> str:
    """What is there to be copied."""
    (found,) = re.findall(r'id="group-words"[^>]*>([^<]*)<', response.content.decode())
    return str(found)


def test_it_names_class_community_and_time_and_nobody(play: Play, desk_of: Any) -> None:
    play.report().accept()
    words = words_in(desk_of(play.cast.dispatcher).get(f"guests/group-text/{play.case.number}/"))
    assert "【格治】" in words and play.cast.street.community.name in words
    assert "前派单" in words
    chen = play.cast.chen
    for kept in (chen.name, chen.phone, "桐花苑1栋", "建筑垃圾，三天", play.case.number):
        assert kept not in words
    entry = Entry.objects.filter(verb="read.group_text").get()
    assert entry.user_id == play.cast.dispatcher.user_id


def test_its_link_asks_to_log_in_and_leads_to_the_case(
    play: Play, desk_of: Any, client: Any
) -> None:
    play.report().accept()
    words = words_in(desk_of(play.cast.dispatcher).get(f"guests/group-text/{play.case.number}/"))
    (short,) = re.findall(r"(/t/\w+)", words)
    stranger = client.get(short)
    assert stranger.status_code == 302 and "login" in stranger["Location"]
    client.force_login(play.cast.dispatcher.user)
    assert client.get(short)["Location"].endswith(f"/desk/cases/{play.case.number}/")
    client.force_login(play.cast.zhang.user)
    assert client.get(short)["Location"].endswith(f"/pocket/cases/{play.case.number}/")
    client.force_login(play.cast.zhao.user)
    assert client.get(short).status_code == 404
    assert client.get("/t/zzzzzzzzzzzzzz").status_code == 404


def test_of_a_confidential_case_only_that_there_is_one(play: Play, desk_of: Any) -> None:
    play.until("handling", confidential=True)
    words = words_in(desk_of(play.cast.handler).get(f"guests/group-text/{play.case.number}/"))
    assert "保密" in words
    assert play.cast.street.community.name not in words and "受理" not in words


def test_who_may_not_see_the_case_gets_no_words(play: Play, desk_of: Any) -> None:
    play.report()
    page = desk_of(play.cast.handler).get(f"guests/group-text/{play.case.number}/")
    assert page.status_code == 404
    assert "【格治】" not in text_of(page)


def test_its_page_leads_back_at_every_width_and_its_button_says_what_it_does(
    play: Play, desk_of: Any
) -> None:
    play.report().accept()
    number = play.case.number
    page = text_of(desk_of(play.cast.dispatcher).get(f"guests/group-text/{number}/"))
    # `back` is for phones alone.
    assert re.search(rf'class="button plain" href="/desk/cases/{number}/"', page)
    assert "复制这几句" in page
