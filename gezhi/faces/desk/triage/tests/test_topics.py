"""/desk/topics/: hot topics with people, heat and trend; only of cases the reader may open."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.faces.desk.conftest import text_of
from gezhi.faces.desk.triage.trend import bars, lately_words, spark
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.models import Topic, TopicMember


@pytest.fixture
def hot(cast):
    """`hot(*plays, …)`: a topic as the night writes it."""

    def write(*plays, key="a1b2c3", **changes):
        fields = {
            "title": "桐花苑 建筑垃圾",
            "words": ["建筑垃圾", "清运"],
            "place": "桐花苑",
            "people": 7,
            "messages": len(plays),
            "heat": 6.5,
            "heat_people": 4.0,
            "heat_recency": 2.0,
            "heat_support": 1.0,
            "heat_against": -0.5,
            "trend": [0, 2, 5],
        } | changes
        moment = clock.now()
        topic = Topic.objects.create(
            district_id=cast.street.district.pk,
            key=key,
            first_at=moment,
            last_at=moment,
            found_at=moment,
            **fields,
        )
        for play in plays:
            TopicMember.objects.create(topic=topic, report=play.report_row)
        return topic

    return write


def test_a_topic_counts_people_and_says_what_its_heat_is_made_of(cast, play, desk_of, hot):
    hot(play.report(), organized=True, returning=2, monthly=True)
    page = text_of(desk_of(cast.wang).get("topics/"))
    assert "桐花苑 建筑垃圾" in page
    assert "近 30 天 7 人" in page
    # The numbers that put it in its place stand folded away.
    folded = page.partition("怎么排的")[2].partition("</details>")[0]
    assert "热度 6.5：人数 +4.0，新近 +2.0，支持 +1.0，反对 -0.5" in folded
    assert page.count("热度") == 1
    for words in ("有组织的模板信", "反复出现 2 次", "每月一题候选"):
        assert words in page
    assert "从前到后：0、2、5" in page


@pytest.mark.parametrize(
    ("week", "before", "said"),
    [
        (12, 5, "近一周 12 人次说起，比上一周的 5 人次多"), (2, 9, "近一周 2 人次说起，比上一周的 9 人次少"),
        (3, 3, "近一周 3 人次说起，和上一周一样"), (4, 0, "近一周 4 人次说起，上一周没有人说"),
        (0, 6, "近一周没有人再说起"),
    ],
)  # fmt: skip
def test_whether_a_topic_grows_is_said_in_words(cast, play, desk_of, hot, week, before, said):
    trend = [0, 0, 0, 7, 0, 0, before, 0, 0, 0, 0, week]
    hot(play.report(), trend=trend)
    for path in ("topics/", "topics/a1b2c3/"):
        assert said in text_of(desk_of(cast.wang).get(path))
    assert lately_words(trend[:11]) == ""


def test_only_the_candidates_of_a_monthly_question(cast, play, another, desk_of, hot):
    hot(play.report(), title="会回来的一件", monthly=True)
    hot(another.report(), key="d4e5f6", title="只来一次的一件")
    page = text_of(desk_of(cast.wang).get("topics/", monthly="1"))
    assert "会回来的一件" in page and "只来一次的一件" not in page


def test_a_topic_shows_its_cases_its_trend_and_its_map(cast, play, desk_of, hot):
    hot(play.report(text="门口的垃圾没人清"))
    page = text_of(desk_of(cast.wang).get("topics/a1b2c3/"))
    assert f"/desk/cases/{play.case.number}/" in page
    assert "<rect" in page and ">5</text>" in page
    assert "/desk/topics/a1b2c3/places/" in page
    drawn = json.loads(desk_of(cast.wang).get("topics/a1b2c3/places/").content)
    points = [one for one in drawn["features"] if one["geometry"]["type"] == "Point"]
    assert [tuple(one["geometry"]["coordinates"]) for one in points] == [cast.street.point]
    assert len(drawn["features"]) > 1


def test_a_topic_of_another_street_does_not_exist(cast, play, desk_of, hot):
    hot(play.report())
    desk = desk_of(cast.he)
    assert "桐花苑 建筑垃圾" not in text_of(desk.get("topics/"))
    for path in ("topics/a1b2c3/", "topics/a1b2c3/places/", "topics/never/"):
        assert desk.get(path).status_code == 404


def test_only_the_cases_one_may_open_are_listed(cast, play, another, desk_of, hot):
    there = actions.Where(
        longitude=cast.street.next_point[0], latitude=cast.street.next_point[1], words="路口"
    )
    hot(play.report(), another.report(where=there, text="隔壁社区的一件"))
    seen = [one for one in (play, another) if one.case.community_id == cast.street.community.pk]
    page = text_of(desk_of(cast.li).get("topics/a1b2c3/"))
    assert f"您能打开的 {len(seen)} 条诉求" in page


@pytest.mark.parametrize("name", ["zhang", "handler", "checker", "system_administrator"])
def test_whoever_handles_single_cases_has_no_such_page(cast, desk_of, name):
    assert desk_of(getattr(cast, name)).get("topics/").status_code == 404


def test_without_topics_the_page_says_what_would_stand_here(cast, desk_of):
    assert "还没有热点" in text_of(desk_of(cast.wang).get("topics/"))
    assert "大家在说什么" not in text_of(desk_of(cast.wang).get(""))


def test_a_leader_finds_the_three_hottest_on_the_first_page(cast, desk_of, hot):
    for number in range(4):
        hot(Play(cast).report(), key=f"k{number}", title=f"热点{number}", heat=float(number))
    page = text_of(desk_of(cast.wang).get(""))
    assert "大家在说什么" in page
    assert [f"热点{number}" in page for number in range(4)] == [False, True, True, True]
    assert "大家在说什么" not in text_of(desk_of(cast.acceptor).get(""))


def test_a_trend_is_drawn_inside_its_frame():
    line = spark([0, 10, 5])
    assert line is not None
    assert line.points == "3.0,29.0 60.0,3.0 117.0,16.0"
    assert spark([4]) is None and bars([]) is None
    flat = bars([0, 0])
    assert flat is not None and [bar.height for bar in flat.columns] == [0, 0]


# The first page is put together by all rooms; what it asks is committed by `desk/home/tests`.
@pytest.mark.parametrize("path", ["topics/", "topics/k0/"])
def test_the_pages_ask_the_database_twelve_times_at_most(cast, desk_of, hot, path):
    for number in range(4):
        hot(Play(cast).report(), key=f"k{number}")
    desk = desk_of(cast.wang)
    desk.get(path)
    with CaptureQueriesContext(connection) as asked:
        desk.get(path)
    assert len(asked) <= 12, [one["sql"][:150] for one in asked.captured_queries]
