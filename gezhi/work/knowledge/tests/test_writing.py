"""Writing and reviewing: a draft, another's eyes, versions, the end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.work.knowledge import actions, queries
from gezhi.work.knowledge.models import Article


def asked(cast, words):
    """The questions staff find by words."""
    return [row.question for row in queries.for_words(cast.acceptor.viewer, words, limit=10)]


def test_a_draft_is_offered_to_nobody_until_another_published_it(cast, draft):
    row = draft()
    assert row.state == "draft" and asked(cast, "居住证") == []
    actions.publish(article=row, by=cast.supervisor.viewer)
    assert asked(cast, "居住证") == ["居住证怎么办？"]
    verbs = Entry.objects.filter(subject_kind="article", subject_id=row.pk).values_list(
        "verb", flat=True
    )
    assert set(verbs) == {"knowledge.write", "knowledge.publish"}


def test_who_wrote_it_does_not_publish_it(cast, draft):
    row = draft(by=cast.supervisor.viewer)
    with pytest.raises(NotPermitted):
        actions.publish(article=row, by=cast.supervisor.viewer)
    other = draft("怎么交水费？")
    assert actions.publish(article=other, by=cast.supervisor.viewer).state == "published"


def test_the_database_refuses_what_nobody_reviewed(cast, draft):
    row = draft()
    for changes in (
        {"state": "published"},
        {"state": "published", "reviewed_by": row.written_by},
        {"answer": ""},
        {"basis": ""},
        {"state": "ended", "ended_at": clock.now(), "ended_because": "withdrawn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=row.pk).update(**changes)


def test_a_new_version_takes_the_place_of_the_old_one_once_it_is_published(cast, draft, published):
    old = published()
    new = draft(answer="网上也能办。", of=old)
    assert (new.entry_id, new.version, new.state) == (old.entry_id, 2, "draft")
    assert queries.for_words(cast.acceptor.viewer, "居住证", limit=5)[0].pk == old.pk
    actions.publish(article=new, by=cast.supervisor.viewer)
    old.refresh_from_db()
    assert (old.state, old.ended_because) == ("ended", "replaced")
    assert [row.pk for row in queries.for_words(cast.acceptor.viewer, "居住证", limit=5)] == [
        new.pk
    ]


def test_an_entry_has_one_draft_which_is_put_right_in_place(draft, published):
    old = published()
    new = draft(answer="网上也能办。", of=old)
    with pytest.raises(Conflict):
        draft(answer="又一份。", of=old)
    again = draft(answer="网上也能办，三天办好。", of=new)
    assert again.pk == new.pk and again.answer.endswith("三天办好。")


def test_the_same_key_writes_once_and_is_nobody_elses(cast, draft):
    first, second = draft(key="one"), draft(key="one")
    assert first.pk == second.pk and Article.objects.count() == 1
    with pytest.raises(KeyReused):
        draft(key="one", by=cast.supervisor.viewer)


def test_publishing_twice_is_once(cast, draft):
    row = draft()
    for _time in range(2):
        actions.publish(article=row, by=cast.supervisor.viewer)
    assert Entry.objects.filter(verb="knowledge.publish").count() == 1


def test_sent_back_with_words_it_waits_again_once_it_was_put_right(cast, draft):
    row = draft()
    with pytest.raises(Invalid):
        actions.send_back(article=row, because=" ", by=cast.supervisor.viewer)
    actions.send_back(article=row, because="依据写错了", by=cast.supervisor.viewer)
    row.refresh_from_db()
    assert row.returned_because == "依据写错了"
    assert draft(basis="《居住证暂行条例》第十条", of=row).returned_because == ""


def test_what_was_withdrawn_or_dropped_is_found_no_more(cast, draft, published):
    row = published()
    actions.withdraw(article=row, by=cast.acceptor.viewer)
    assert asked(cast, "居住证") == []
    with pytest.raises(Conflict):
        actions.withdraw(article=row, by=cast.acceptor.viewer)
    other = draft("怎么交水费？")
    actions.drop(article=other, by=cast.acceptor.viewer)
    with pytest.raises(Conflict):
        actions.publish(article=other, by=cast.supervisor.viewer)


def test_a_unit_keeps_its_own_entries_alone(cast, draft, published):
    own = draft(by=cast.handler.viewer)
    with pytest.raises(NotPermitted):
        draft("怎么开证明？", by=cast.handler.viewer, unit_id=cast.street.centre.pk)
    theirs = published("怎么开证明？", unit_id=cast.street.centre.pk)
    with pytest.raises(NotPermitted):
        actions.withdraw(article=theirs, by=cast.handler.viewer)
    assert queries.may_change(cast.handler.viewer, own)
    assert not queries.may_change(cast.handler.viewer, theirs)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("question", {"question": "？"}),
        ("question", {"question": "问" * 101}),
        ("answer", {"answer": "\u200b"}),
        ("answer", {"answer": "答" * 2001}),
        ("basis", {"basis": " "}),
        ("unit", {"unit_id": 7}),
        ("audience", {"audience": "everybody"}),
        ("areas", {"area_ids": (7,)}),
        ("wordings", {"wordings": "问" * 101}),
        ("valid_to", {"valid_to": -1}),
        ("review_on", {"review_on": -1}),
        ("review_on", {"review_on": 2000}),
    ],
)
def test_what_is_not_whole_is_refused_at_its_field(draft, field, changes):
    days = {name: clock.today() + timedelta(days=value) for name, value in changes.items()
            if name in ("valid_to", "review_on")}  # fmt: skip
    with pytest.raises(Invalid) as refused:
        draft(**{**changes, **days})
    assert refused.value.field == field
    assert not Article.objects.exists()


def test_without_a_review_date_it_is_looked_at_again_after_the_days_of_the_pack(draft):
    days = int(codes.figure("article_review_days"))
    assert draft().review_on == clock.today() + timedelta(days=days)
    soon = clock.today() + timedelta(days=3)
    assert draft("临时停水到几点？", valid_to=soon).review_on == soon


def test_another_district_sees_and_changes_nothing(cast, published):
    row = published()
    Article.objects.filter(pk=row.pk).update(district_id=row.district_id + 1)
    with pytest.raises(Unseen):
        queries.get(cast.acceptor.viewer, row.pk)
    assert asked(cast, "居住证") == []
    row.refresh_from_db()
    with pytest.raises(Unseen):
        actions.withdraw(article=row, by=cast.acceptor.viewer)
