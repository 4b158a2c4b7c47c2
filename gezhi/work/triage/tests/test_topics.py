"""Hot topics: found at night, counted by people, shown as far as the viewer sees the cases."""

from datetime import timedelta
from typing import Any

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.models import Topic, TopicMember
from gezhi.work.triage.predictions.writing import Made, write
from gezhi.work.triage.queries import topic, topics
from gezhi.work.triage.topics.finding import advised_classes, find_all
from tests.cast import Cast

MIXER = "桐花苑旁边的搅拌站粉尘很大，噪音扰民，半夜还在施工"
SAYINGS = (
    "桐花苑搅拌站粉尘太大，不敢开窗，请让它搬走",
    "桐花苑旁边搅拌站夜间施工，噪音扰民睡不着",
    "请问桐花苑的搅拌站什么时候搬走，粉尘和噪音受不了",
    "桐花苑门口搅拌站车辆噪音大，粉尘到处都是",
)


def _speak(cast: Cast, text: str, number: int, **changes: Any) -> Play:
    contact = actions.Contact(name="甲", phone=f"1380000{number:04}")
    clock.advance(timedelta(hours=7))
    return Play(cast).report(text=text, contact=contact, **changes)


def _topic_of(cast: Cast) -> list[Play]:
    plays = [_speak(cast, text, number) for number, text in enumerate(SAYINGS)]
    _speak(cast, "咨询一下老年证在哪里办理", 91)
    _speak(cast, "孩子上小学要带哪些材料", 92)
    find_all()
    return plays


def test_what_many_say_of_one_place_is_one_topic_of_so_many_people(cast: Cast) -> None:
    plays = _topic_of(cast)
    (found,) = topics(cast.wang.viewer)
    assert (found.people, found.messages, found.seen) == (4, 4, 4)
    parts = (found.heat_people, found.heat_recency, found.heat_support, found.heat_against)
    assert found.heat == pytest.approx(sum(parts))
    page = topic(cast.wang.viewer, found.key)
    assert {one.number for one in page.members} == {play.receipt.case_number for play in plays}
    assert all(one.longitude is not None for one in page.members)


def test_one_person_writing_often_is_one_person(cast: Cast) -> None:
    for text in SAYINGS:
        _speak(cast, text, 7)
    _speak(cast, MIXER, 8)
    find_all()
    assert topics(cast.wang.viewer) == []  # two people are not many
    _speak(cast, MIXER, 9)
    find_all()
    (found,) = topics(cast.wang.viewer)
    assert (found.people, found.messages) == (3, 6)


def test_a_neighbor_who_joins_counts_though_they_say_little(cast: Cast) -> None:
    first = _topic_of(cast)[0]
    contact = actions.Contact(phone="13900009999")
    intake = first.intake(text="我家也是", contact=contact)
    actions.join(intake=intake, case=first.case, by=first.stranger, key="join-topic-1")
    find_all()
    (found,) = topics(cast.wang.viewer)
    assert (found.people, found.messages) == (5, 5)


def test_a_topic_keeps_its_key_while_it_grows(cast: Cast) -> None:
    _topic_of(cast)
    before = Topic.objects.get().key
    _speak(cast, MIXER, 55)
    find_all()
    row = Topic.objects.get()
    assert row.key == before
    assert TopicMember.objects.filter(topic=row).count() == 5


def test_who_sees_none_of_the_cases_sees_no_topic(cast: Cast) -> None:
    _topic_of(cast)
    key = Topic.objects.get().key
    for name in ("zhao", "he", "tang", "handler", "system_administrator"):
        viewer = getattr(cast, name).viewer
        assert topics(viewer) == [], name
        with pytest.raises(Unseen):
            topic(viewer, key)
    stranger = Play(cast).stranger
    assert topics(stranger) == []
    with pytest.raises(Unseen):
        topic(stranger, key)
    assert len(topics(cast.zhang.viewer)) == 1


def test_what_is_often_said_is_the_matter_and_no_filler(cast: Cast) -> None:
    for number, text in enumerate(SAYINGS):
        _speak(cast, f"麻烦反映一下，{text}，希望尽快解决这个问题", number)
    find_all()
    (found,) = topics(cast.wang.viewer)
    assert {"粉尘", "噪音"} <= set(found.words)
    fillers = ("麻烦", "反映", "一下", "希望", "这个", "问题")
    assert not any(filler in word for word in found.words for filler in fillers)


def test_what_was_said_in_confidence_is_in_no_topic(cast: Cast) -> None:
    for number, text in enumerate(SAYINGS):
        _speak(cast, text, number, confidential=True)
    assert find_all() == 0


def test_a_topic_is_shown_without_a_phone_or_its_mark(cast: Cast) -> None:
    _topic_of(cast)
    page = topic(cast.wang.viewer, Topic.objects.get().key)
    assert "1380000" not in repr(page)


def test_leaders_are_told_on_mondays_once(cast: Cast) -> None:
    _topic_of(cast)
    find_all()
    told = Notice.objects.filter(kind="triage_digest")
    mondays = 1 if clock.today().weekday() == 0 else 0
    assert told.count() == mondays
    while clock.today().weekday() != 0:
        clock.advance(timedelta(days=1))
    find_all()
    find_all()
    assert {row.user_id for row in told} == {cast.wang.user_id}
    assert told.count() == 1


def test_nothing_said_is_no_topic(cast: Cast) -> None:
    assert find_all() == 0
    assert topics(cast.wang.viewer) == []


def test_even_a_class_too_unsure_to_be_shown_keeps_matters_apart(cast: Cast) -> None:
    play = Play(cast).report()
    unsure = Made("class", method="rules", label="event-0102", confidence=0.3, abstained=False)
    write(play.case, [unsure])
    assert advised_classes({play.case.pk}) == {play.case.pk: "event-0102"}
