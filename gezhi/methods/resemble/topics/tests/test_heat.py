"""Heat counts people, says of what it is made, and sees copies for what they are."""

import dataclasses

from gezhi.methods.resemble.topics import TopicReport, find_topics
from gezhi.methods.resemble.topics.tests.making import background, event, speak


def only(reports, **options):
    (topic,) = find_topics(reports, **options)
    return topic


def test_five_hundred_copies_of_one_person_are_one_person():
    copies = [TopicReport(n, speak("桂花苑", "路灯", 1), "one", 10.0 + n / 100) for n in range(500)]
    topic = only(copies)
    assert (len(topic.members), topic.people, topic.organized) == (500, 1, True)
    assert topic.heat < only(event("望江府", "油烟", 3, moment=14.0)).heat


def test_a_template_of_many_accounts_counts_its_people_and_is_said_to_be_one():
    text = speak("桂花苑", "停水", 3)
    topic = only([TopicReport(n, text + "！" * (n % 3), f"p{n}", 10.0 + n / 10) for n in range(12)])
    assert topic.people == 12
    assert topic.organized


def test_people_who_write_in_their_own_words_are_not_a_campaign():
    own = [
        "桂花苑路灯不亮\n灯全灭了，走夜路摔了一跤，膝盖都破了",
        "路灯什么时候修\n我住桂花苑三栋，晚上接孩子放学路灯一盏都没有",
        "桂花苑晚上漆黑一片\n物业说路灯在等配件，等了两个月",
        "反映桂花苑路灯问题\n监控也看不清，前天还丢了电动车，路灯不能再拖",
        "桂花苑的路灯修了又坏\n请换一家施工队，不要只换灯泡",
    ]
    reports = [TopicReport(n, text, f"p{n}", 50.0) for n, text in enumerate(own)]
    topics = find_topics([*background(), *reports], window_days=90)
    (topic,) = [topic for topic in topics if 0 in topic.members]
    assert topic.people >= 4
    assert not topic.organized


def test_the_parts_add_up_and_each_moves_with_its_cause():
    reports = event("桂花苑", "路灯", 6)
    plain = only(reports)
    parts = dataclasses.astuple(plain.heat_parts)
    assert abs(sum(parts) - plain.heat) < 1e-6
    liked = only([dataclasses.replace(report, support=3) for report in reports])
    assert liked.heat_parts.support > plain.heat_parts.support == 0
    assert liked.heat_parts.people == plain.heat_parts.people
    disliked = only([dataclasses.replace(report, against=3) for report in reports])
    assert 0 < disliked.heat_parts.against < liked.heat_parts.support
    older = only(reports, now=reports[-1].moment + 14)
    assert older.heat_parts.recency < plain.heat_parts.recency
    assert older.heat_parts.people == plain.heat_parts.people


def test_reports_of_unknown_persons_are_persons_of_their_own():
    reports = [dataclasses.replace(report, person="") for report in event("桂花苑", "路灯", 5)]
    assert only(reports).people == 5


def test_a_topic_keeps_its_key_while_the_window_slides():
    first = event("桂花苑", "路灯", 6, moment=10.0)
    later = event("桂花苑", "路灯", 6, start=100, moment=20.0)
    before = only(first)
    after = only([*first[3:], *later], known={before.key: before.members})
    assert after.key == before.key
    assert only([*first[3:], *later]).key != before.key


def test_two_topics_never_share_a_key():
    both = [*event("桂花苑", "路灯", 6), *event("望江府", "油烟", 6, start=100)]
    known = {"old": [report.id for report in both]}
    keys = [topic.key for topic in find_topics(both, known=known)]
    assert len(keys) == len(set(keys)) == 2
    assert "old" in keys
