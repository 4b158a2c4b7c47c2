"""Found by words: the likest first, what has expired never, the index as the entries are."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gezhi.kernel import clock
from gezhi.work.knowledge import actions, finding, queries, weighing
from gezhi.work.knowledge.models import Article, Posting, Sign
from gezhi.work.knowledge.rules import Audience

QUESTIONS = ("居住证怎么办？", "养老认证怎么办？", "停水到什么时候？", "小区能不能养猫？")


def found(cast, words, **where):
    """The questions offered for words of a case."""
    return [one.question for one in queries.for_case(cast.acceptor.viewer, words, **where)]


def test_the_likest_comes_first_whatever_else_was_said(cast, published):
    for question in QUESTIONS:
        published(question)
    assert found(cast, "你好，我想问一下我的居住证到期了怎么办")[0] == "居住证怎么办？"
    assert found(cast, "我家停水了，停水到什么时候啊")[0] == "停水到什么时候？"
    assert found(cast, "路灯坏了") == []


def test_it_is_found_by_another_wording_and_by_one_sign(cast, published):
    published("小区能不能养猫？", wordings="宠物登记在哪办\n狗证")
    assert found(cast, "宠物登记") == ["小区能不能养猫？"]
    rows = queries.for_words(cast.acceptor.viewer, "猫", limit=5)
    assert [row.question for row in rows] == ["小区能不能养猫？"]
    assert queries.for_words(cast.acceptor.viewer, "？！ ", limit=5) == []


def test_what_has_expired_is_never_offered_even_before_the_night_ends_it(cast, published):
    row = published("停水到什么时候？", valid_to=clock.today() + timedelta(days=1))
    assert found(cast, "停水到什么时候")
    clock.advance(timedelta(days=2))
    assert found(cast, "停水到什么时候") == []
    assert queries.did_you_mean(row.district_id, "停水到什么时候") == []


def test_enough_are_found_behind_many_that_may_not_be_shown(cast, published):
    kept = published("停水到什么时候？")
    for number in range(60):
        published(f"停水到什么时候？第{number}次", audience=Audience.STAFF)
    (one,) = queries.did_you_mean(kept.district_id, "停水到什么时候")
    assert one.id == kept.pk


def test_residents_are_offered_only_what_is_for_them_and_was_mostly_said(cast, published):
    published("居住证怎么办？", audience=Audience.STAFF)
    published("停水到什么时候？")
    district = cast.street.district.pk
    assert queries.did_you_mean(district, "居住证怎么办") == []
    assert [one.question for one in queries.did_you_mean(district, "请问停水到什么时候")] == [
        "停水到什么时候？"
    ]
    assert queries.did_you_mean(district, "我家楼下水管裂了，一直漏") == []


def test_an_entry_of_an_area_is_offered_there_and_where_nobody_knows_the_place(cast, published):
    published("停水到什么时候？", area_ids=(cast.street.community.pk,))
    assert found(cast, "停水到什么时候", where=[cast.street.community.pk])
    assert found(cast, "停水到什么时候", where=[None])
    assert found(cast, "停水到什么时候", where=[cast.street.other_community.pk]) == []


def test_the_answer_goes_with_its_basis(cast, published):
    published()
    (one,) = queries.for_case(cast.acceptor.viewer, "居住证怎么办")
    assert one.whole.endswith("\n依据：《居住证暂行条例》第九条。")


def test_words_of_any_length_are_read_as_far_as_they_say_anything(cast, published):
    published()
    assert found(cast, "居住证怎么办" + "啊" * 5000) == ["居住证怎么办？"]


def index_is_whole():
    """Every published entry stands in the index with its signs, and nothing else does."""
    rows = Article.objects.filter(state="published")
    meant = {(sign, row.pk) for row in rows for sign in finding.signs_in(row)}
    assert set(Posting.objects.values_list("sign", "article_id")) == meant
    counted = Counter(sign for sign, _pk in meant)
    if rows:
        counted[finding.ALL] = len(rows)
    kept = dict(Sign.objects.filter(articles__gt=0).values_list("text", "articles"))
    assert kept == dict(counted)


DEEDS = st.lists(
    st.tuples(st.sampled_from(["write", "publish", "withdraw", "next"]), st.integers(0, 3)),
    max_size=14,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DEEDS)
def test_the_index_is_what_is_published_whatever_was_done(cast, draft, deeds):
    Article.objects.all().delete()
    Posting.objects.all().delete()
    Sign.objects.all().delete()
    rows: dict[int, Article] = {}
    for deed, place in deeds:
        row = rows.get(place)
        if row is None:
            if deed == "write":
                rows[place] = draft(QUESTIONS[place])
            continue
        state = row.state
        if deed == "publish" and state == "draft":
            rows[place] = actions.publish(article=row, by=cast.supervisor.viewer)
        elif deed == "withdraw" and state == "published":
            rows[place] = actions.withdraw(article=row, by=cast.acceptor.viewer)
        elif deed == "next" and state == "published":
            rows[place] = draft(QUESTIONS[3 - place], of=row)
        index_is_whole()


TEXT = st.text(alphabet="居住证停水怎么办？ ab1", max_size=12)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40)), st.integers(0, 60))
def test_the_rarest_signs_are_read_and_no_more_than_fit(counts, most):
    taken = weighing.chosen(counts, most)
    known = {sign: count for sign, count in counts.items() if count}
    assert set(taken) <= set(known)
    assert bool(taken) == bool(known)
    if len(taken) > 1:
        assert sum(known[sign] for sign in taken) <= most
    left = [known[sign] for sign in known if sign not in taken]
    assert all(known[sign] <= min(left) for sign in taken) if left else True


@given(TEXT, TEXT, TEXT)
def test_saying_more_never_makes_an_entry_less_like(line, asked, more):
    worth = {pair: 1.0 + len(pair) for pair in weighing.pairs_of(line)}
    before = weighing.likeness(weighing.pairs_of(asked), line, worth)
    after = weighing.likeness(weighing.pairs_of(asked) | weighing.pairs_of(more), line, worth)
    assert after >= before
    assert 0 <= after[1] <= 1


@given(TEXT)
def test_an_entry_asked_in_its_own_words_is_wholly_shared(line):
    worth = dict.fromkeys(weighing.pairs_of(line), 2.0)
    _like, share = weighing.likeness(weighing.pairs_of(line), line, worth)
    assert share == (1.0 if weighing.pairs_of(line) else 0.0)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_the_rarer_a_sign_the_more_it_is_worth(one, other, among):
    few, many = sorted((one, other))
    assert weighing.rarity(few, among) >= weighing.rarity(many, among) > 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), unique=True))
def test_the_order_postings_are_read_in_changes_nothing(postings):
    worth = {"a": 3.0, "b": 2.0, "c": 1.0}
    forward = weighing.first_look(postings, worth)
    assert forward == weighing.first_look(postings[::-1], worth)
