"""Topics are found by place and cause together, and nothing else makes one."""

import numpy as np
import pytest

from gezhi.methods.resemble.topics import TopicReport, find_topics
from gezhi.methods.resemble.topics.grow import Spots, grow
from gezhi.methods.resemble.topics.tests.making import background, event, speak
from gezhi.methods.resemble.topics.views import look


def members(topics):
    return [set(topic.members) for topic in topics]


def test_two_planted_events_are_found_whole_among_others():
    lamps, smoke = event("桂花苑", "路灯", 8), event("望江府", "油烟", 6, start=100)
    found = members(find_topics([*background(), *lamps, *smoke], window_days=90))
    assert {report.id for report in lamps} in found
    assert {report.id for report in smoke} in found


def test_one_place_with_two_causes_is_two_topics():
    lamps, lift = event("桂花苑", "路灯", 6), event("桂花苑", "电梯", 6, start=100)
    found = members(find_topics([*background(), *lamps, *lift], window_days=90))
    assert {report.id for report in lamps} in found
    assert {report.id for report in lift} in found


def test_one_template_sent_from_two_places_is_two_topics():
    here = [TopicReport(n, speak("桂花苑", "停水", n), f"a{n}", 50.0 + n) for n in range(5)]
    there = [TopicReport(50 + n, speak("松鹤府", "停水", n), f"b{n}", 50.0 + n) for n in range(5)]
    found = members(find_topics([*background(), *here, *there], window_days=90))
    assert all(not (topic & set(range(5)) and topic & set(range(50, 55))) for topic in found)
    assert max(len(topic & set(range(5))) for topic in found) == 5


def test_the_order_of_the_reports_changes_nothing():
    reports = [*background(), *event("桂花苑", "路灯", 8), *event("望江府", "油烟", 6, start=100)]
    assert find_topics(reports) == find_topics(reports[::-1])


def test_what_was_said_before_the_window_is_a_member_but_not_heat():
    old, new = event("桂花苑", "路灯", 4, moment=1.0), event("桂花苑", "路灯", 3, 100, moment=80.0)
    topic = find_topics([*background(), *old, *new], window_days=20, now=82.0)[0]
    assert len(topic.members) == 7
    assert topic.people == 3 == sum(topic.trend)
    assert topic.returning == 1


def test_a_topic_nobody_speaks_of_any_more_is_not_listed():
    assert find_topics(event("桂花苑", "路灯", 6, moment=1.0), window_days=20, now=90.0) == []


def test_reports_of_the_future_are_not_heard():
    early, late = (
        event("桂花苑", "路灯", 3, moment=10.0),
        event("桂花苑", "路灯", 3, 100, moment=40.0),
    )
    topics = find_topics([*early, *late], window_days=30, now=20.0)
    assert members(topics) == [{report.id for report in early}]


def test_standing_at_one_point_helps_where_no_place_is_named():
    texts = [
        "天黑看不见\n灯泡坏，困人两次，苍蝇蚊子很多，水压太小，跳到深夜十一点",
        "太黑不敢走\n灯泡坏，孩子没法写作业，餐馆油烟直排，三天没有水用，臭味熏天",
    ]
    views = look([*texts, *(report.text for report in background())])

    def joined(meters):
        spots = Spots(*np.full((2, views.count), np.nan))
        spots.east[:2], spots.north[:2] = (0.0, meters), 0.0
        labels = grow(views, np.array([[0, 1]]), spots)
        return labels[0] == labels[1]

    assert joined(50.0)
    assert not joined(5_000.0)


def test_a_topic_is_named_by_its_place_and_words_that_stand_in_its_subjects():
    topic = find_topics([*background(), *event("桂花苑", "油烟", 8)], window_days=30, now=60.0)[0]
    assert topic.place == "桂花苑"
    assert topic.title.startswith("桂花苑")
    assert any("油烟" in word or "烟道" in word or "饭店" in word for word in topic.words)


def test_words_that_are_said_of_any_matter_are_no_words_of_a_topic():
    said = [
        "麻烦反映一下，桂花苑26号院油烟",
        "请问桂花苑26号院油烟谁管",
        "桂花苑26号院油烟问题反映一下",
    ]
    reports = [TopicReport(at, text, f"p{at}", 50.0) for at, text in enumerate(said)]
    fillers = ["反映", "一下", "请问", "麻烦", "问题"]
    (topic,) = find_topics([*background(), *reports], now=60.0, fillers=fillers)[:1]
    assert topic.words == ("油烟",)
    plain = find_topics([*background(), *reports], now=60.0)[0]
    assert set(plain.words) == {"油烟", "反映一下"}


def test_a_word_as_common_everywhere_tells_nothing_of_a_topic():
    others = [
        TopicReport(800 + at, f"{chr(0x4E00 + at)}花园漏水该修了", "", 50.0) for at in range(60)
    ]
    reports = [
        TopicReport(at, f"桂花苑的{cause}该修了", f"p{at}", 50.0)
        for at, cause in enumerate(["水管裂", "水管破", "水管漏"])
    ]
    found = find_topics([*others, *reports], now=60.0)
    topic = next(one for one in found if set(one.members) == {0, 1, 2})
    assert topic.words == ("水管",)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", "", "  "],
        ["啊"],
        ["😀😀", "😀😀"],
        ["a" * 100_000],
        ["<b>路</b>\x00"],
        ["\ud800"],
    ],
)
def test_bad_texts_do_no_harm(texts):
    topics = find_topics([TopicReport(n, text, "", 1.0) for n, text in enumerate(texts)])
    assert all(len(topic.members) > 1 for topic in topics)


def test_empty_texts_are_no_topic_however_many():
    assert find_topics([TopicReport(n, "", f"p{n}", 1.0) for n in range(30)]) == []


def test_a_window_must_be_longer_than_nothing():
    with pytest.raises(ValueError, match="window_days"):
        find_topics([], window_days=0)
