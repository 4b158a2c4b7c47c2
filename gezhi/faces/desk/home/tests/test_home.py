"""/desk/: what waits for me, what turns red first, how my area stands."""

import re
from datetime import timedelta

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases.tests.playing import Play


def test_a_stranger_is_asked_to_log_in(client):
    response = client.get("/desk/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/?next=")


def test_every_counter_opens_its_queue(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(""))
    assert 'href="/desk/queues/accepting/"' in page
    assert '<b class="queue-number">1</b>' in page
    assert desk_of(cast.acceptor).get("queues/accepting/").status_code == 200


def test_nothing_to_do_says_what_would_stand_here(cast, desk_of):
    assert "手上没有要办的" in text_of(desk_of(cast.handler).get(""))


def test_what_turns_red_first_stands_first(cast, desk_of):
    late, early = Play(cast), Play(cast)
    late.report(text="后到期的一件")
    with clock.moved_to(clock.now() - timedelta(days=3)):
        early.report(text="先到期的一件")
    page = text_of(desk_of(cast.acceptor).get(""))
    assert page.index("先到期的一件") < page.index("后到期的一件")
    assert "已超" in page


def test_a_handler_sees_only_what_their_unit_was_sent(cast, play, another, desk_of):
    play.report(text="派给环卫所的一件").accept().dispatch()
    another.report(text="还没派出去的一件")
    page = text_of(desk_of(cast.handler).get(""))
    assert "派给环卫所的一件" in page
    assert "还没派出去的一件" not in page
    assert "派给环卫所的一件" not in text_of(desk_of(cast.tang).get(""))


def test_a_leader_reads_the_area_and_each_number_opens_its_cases(cast, play, desk_of):
    with clock.moved_to(clock.now() - timedelta(days=5)):
        play.until("reported")
    desk = desk_of(cast.wang)
    page = text_of(desk.get(""))
    community = cast.street.community.pk
    assert "桐花社区" in page
    assert f"/desk/queues/open/?community={community}" in page
    assert f"/desk/queues/overdue/?community={community}" in page
    assert f"/desk/queues/ended/?community={community}&amp;days=7" in page
    for queue in ("open", "overdue"):
        assert play.case.number in text_of(desk.get(f"queues/{queue}/", community=community))


def test_the_number_of_ended_cases_is_the_length_of_its_list(cast, play, another, desk_of):
    with clock.moved_to(clock.now() - timedelta(days=20)):
        play.until("closed")
    with clock.moved_to(clock.now() - timedelta(days=2)):
        another.until("closed")
    desk = desk_of(cast.wang)
    assert ">1</a></td></tr>" in text_of(desk.get(""))
    listed = text_of(desk.get("queues/ended/", days=7))
    assert another.case.number in listed
    assert play.case.number not in listed


def test_others_have_no_overview(cast, desk_of):
    assert "本片区" not in text_of(desk_of(cast.acceptor).get(""))
    assert "本片区" in text_of(desk_of(cast.supervisor).get(""))


def test_the_rows_of_a_leaders_table_add_up_and_each_opens_its_list(cast, desk_of):
    from gezhi.faces.desk.queues.areas import area_lines
    from gezhi.work.cases import actions, queries

    for where in ("桐花苑1栋", "梧桐社区居委会", "说不清在哪儿"):
        Play(cast).report(where=actions.Where(words=where))
    with clock.moved_to(clock.now() - timedelta(days=30)):
        Play(cast).report(where=actions.Where(words="忘了在哪儿"))
    whole, *rows = area_lines(cast.wang.viewer)
    assert rows[-1].name == "社区未定" and (rows[-1].open.number, rows[-1].overdue.number) == (2, 1)
    for figure in ("open", "overdue", "ended"):
        parts = [getattr(row, figure).number for row in rows]
        assert sum(parts) == getattr(whole, figure).number
    desk = desk_of(cast.wang)
    assert "社区未定" in text_of(desk.get(""))
    page = desk.client.get(rows[-1].open.url).content.decode()
    assert "说不清在哪儿" in page and "忘了在哪儿" in page and "桐花苑" not in page
    listed = queries.listing(
        cast.wang.viewer, "open", filters=queries.kept({"community": queries.IN_NO_COMMUNITY})
    )
    assert len(listed.rows) == rows[-1].open.number


def test_an_administrators_desk_opens_on_their_own_work_with_it_lit_in_the_rail(cast, desk_of):
    for name, work in (
        ("system_administrator", "区域和网格"),
        ("security_administrator", "解锁、重置动态码"),
        ("audit_administrator", "谁在什么时候做了什么"),
    ):
        desk = desk_of(getattr(cast, name))
        answer = desk.get("")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/setup/"), name
        page = text_of(desk.get("setup/"))
        assert work in page and "您的岗位不经手事件" not in page
        (lit,) = re.findall(r'<a[^>]*aria-current="page"[^>]*>', page)
        assert 'href="/desk/setup/"' in lit, name


def test_queues_in_which_nothing_waits_fold_away_under_those_that_wait(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(""))
    own = page.partition('id="queues-title"')[2].partition("</section>")[0]
    waiting, _, resting = own.partition("<details")
    assert "/desk/queues/accepting/" in waiting and "/desk/queues/overdue/" not in waiting
    assert "/desk/queues/overdue/" in resting
    assert f"没有待办的 {resting.count('href=')} 项" in resting
