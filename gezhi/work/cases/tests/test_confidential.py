"""保密: who sees how much of a restricted case, by role and stage; `rules.RESTRICTED` played out."""

from datetime import timedelta

import pytest

from gezhi.ground.codes import queries as codes
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.work.cases import actions, queries
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.queries import desk
from gezhi.work.cases.queries.visible import known_to_exist, visible_or_asked
from gezhi.work.cases.rules import (
    RESTRICTED,
    Confidentiality,
    Deed,
    Sight,
    Stage,
)
from gezhi.work.cases.tests.playing import TOLD_TO_THE_UNIT, Play
from tests.cast import Cast

SAID = "我亲眼看见三楼老赵家开赌场"
PLACE = "我家对门三楼"
# State → who of the cast has it in hand, and whether they read the reporter's own words.
HANDS = {
    "reported": {"acceptor": True},
    "accepted": {"dispatcher": True},
    "dispatched": {"handler": False},
    "handling": {"handler": False},
    "checking": {"checker": True},
    "checked": {"acceptor": True, "supervisor": True},
    "closed": {"acceptor": True},
}


def _kept(cast: Cast, state: str) -> Play:
    longitude, latitude = cast.street.point
    where = actions.Where(longitude=longitude, latitude=latitude, words=PLACE)
    return Play(cast).until(state, confidential=True, text=SAID, where=where)


def _seen_by(cast: Cast, play: Play) -> dict[str, bool]:
    """Who finds the case at all → whether its words come along."""
    found = {}
    for name, person in cast.staff():
        if queries.visible_to(person.viewer).filter(pk=play.case.pk).exists():
            page = queries.case_page(person.viewer, play.case.number)
            found[name] = SAID in repr(page)
    return found


@pytest.mark.parametrize("state", HANDS)
def test_only_whoever_has_it_in_hand_sees_it(cast: Cast, state: str) -> None:
    play = _kept(cast, state)
    assert _seen_by(cast, play) == HANDS[state]


def test_every_stage_has_somebody_who_can_go_on() -> None:
    """Keeping must not sink a case: each clock that runs is somebody's."""
    assert {share.stage for share in RESTRICTED} == {*Stage, None}


def test_the_store_and_the_dictionary_speak_of_the_same_code(cast: Cast) -> None:
    play = _kept(cast, "reported")
    term = codes.term("confidentiality", play.case.confidentiality)
    assert term is not None and term.label == "保密"
    assert {row.code for row in codes.terms("confidentiality")} == set(Confidentiality)


def test_a_community_takes_in_what_the_pack_gives_it(cast: Cast) -> None:
    play = _kept(cast, "reported")
    Case.objects.filter(pk=play.case.pk).update(holder=cast.street.office)
    assert _seen_by(cast, play) == {"li": True}


def test_a_unit_that_assists_has_it_in_hand_until_it_is_done(cast: Cast) -> None:
    play = _kept(cast, "accepted")
    play.dispatch(words=TOLD_TO_THE_UNIT, assist_unit_ids=(cast.street.water.pk,))
    assert _seen_by(cast, play) == {"handler": False, "tang": False}
    play.take().finish()
    # Whoever still owes an answer keeps what was written for them, and no more of it.
    assert _seen_by(cast, play) == {"checker": True, "tang": False}
    play.do(actions.assist, cast.tang.viewer, words="水压正常")
    assert _seen_by(cast, play) == {"checker": True}


def test_whoever_decides_a_request_reads_what_the_unit_reads_and_no_longer(cast: Cast) -> None:
    play = _kept(cast, "handling")
    reason = {"reason_code": "season", "words": "等天晴"}
    handler, supervisor = cast.handler.viewer, cast.supervisor.viewer
    play.do(actions.ask_to_extend, handler, amount=1, **reason)
    assert _seen_by(cast, play) == {"handler": False, "dispatcher": False, "supervisor": False}
    play.do(actions.extend, cast.dispatcher.viewer, granted=True)
    assert _seen_by(cast, play) == {"handler": False}
    day = clock.today() + timedelta(days=7)
    play.do(actions.ask_to_hang, handler, review_on=day, **reason)
    play.do(actions.hang, supervisor, granted=True)
    assert _seen_by(cast, play) == {"handler": False, "supervisor": False}
    play.do(actions.resume, handler)
    assert _seen_by(cast, play) == {"handler": False}


@pytest.mark.parametrize("ended", ["archived", "rejected"])
def test_what_has_ended_nobody_sees(cast: Cast, ended: str) -> None:
    if ended == "rejected":
        play = _kept(cast, "reported")
        reject, by = actions.reject, cast.acceptor.viewer
        play.do(reject, by, reason_code="not_here", words="不归街道管，请向公安反映")
    else:
        play = _kept(cast, "closed")
    if ended == "archived":
        clock.advance(timedelta(days=codes.figure("reopen_days") + 1))
    assert _seen_by(cast, play) == {}


def test_a_call_back_that_finds_it_unsolved_has_it_done_again(cast: Cast) -> None:
    play = _kept(cast, "closed")
    actions.call_back(
        report=play.report_row, by=cast.acceptor.viewer, key="rate-kept", outcome="reached",
        resolved="unsolved", satisfied="", words="又开起来了",
    )  # fmt: skip
    assert play.case.round == 2
    assert _seen_by(cast, play) == {"dispatcher": True}


def test_a_unit_gets_what_was_written_for_it_and_never_the_reporter(cast: Cast) -> None:
    play = _kept(cast, "handling")
    page = queries.case_page(cast.handler.viewer, play.case.number)
    assert TOLD_TO_THE_UNIT in [step.words for step in page.steps]
    assert page.reports == [] and not page.shows_contact
    kept = (SAID, PLACE, cast.chen.name, cast.chen.phone)
    shown = (
        repr(page)
        + repr(page.case.__dict__)
        + repr(queries.listing(cast.handler.viewer, "handling"))
    )
    assert not [word for word in kept if word in shown]
    assert Deed.FINISH in page.deeds and Deed.CONTACT not in page.deeds


def test_what_the_reporter_adds_while_a_unit_works_is_kept_from_it(cast: Cast) -> None:
    play = _kept(cast, "handling")
    adding = actions.add_word
    adding(report=play.report_row, by=play.stranger, key="add-kept", words="我住他楼下302")
    page = queries.case_page(cast.handler.viewer, play.case.number)
    assert "302" not in repr(page)
    assert page.steps[-1].deed == Deed.ADD_WORD


def test_a_unit_finds_it_by_no_word_of_the_reporter(cast: Cast) -> None:
    play = _kept(cast, "handling")
    viewer = cast.handler.viewer
    assert desk.found(viewer, "赌场") == ([], [])
    assert desk.found(viewer, "对门") == ([], [])
    assert desk.numbered(viewer, play.receipt.number) == ""
    filters = queries.Filters(words="赌场")
    assert queries.listing(viewer, "handling", filters=filters).rows == []
    assert desk.numbered(viewer, play.case.number) == play.case.number


def test_a_clerk_of_the_unit_opens_no_contact(cast: Cast) -> None:
    play = _kept(cast, "accepted")
    play.dispatch(words=TOLD_TO_THE_UNIT, lead_unit_id=cast.street.office.pk)
    viewer = cast.li.viewer
    assert queries.case_page(viewer, play.case.number).reports == []
    with pytest.raises(Unseen):
        actions.reveal_contact(report_id=play.receipt.report_id, by=viewer, purpose="clarify")
    with pytest.raises(Unseen):
        desk.report_in(viewer, play.case.number, play.receipt.number)


def test_it_goes_to_no_unit_without_a_word_of_what_is_to_be_done(cast: Cast) -> None:
    play = _kept(cast, "accepted")
    with pytest.raises(Invalid) as refused:
        play.dispatch()
    assert refused.value.field == "words"


def test_a_grid_worker_who_is_asked_sees_place_and_question_alone(cast: Cast) -> None:
    play = _kept(cast, "reported")
    with pytest.raises(Invalid):
        play.do(actions.ask, cast.acceptor.viewer)
    question = "请看看桐花苑1栋门口有没有堆建筑垃圾"
    play.do(actions.ask, cast.acceptor.viewer, words=question)
    viewer = cast.zhang.viewer
    assert _seen_by(cast, play) == {"acceptor": True}
    (row,) = queries.listing(viewer, "questions").rows
    assert row.sight is Sight.QUESTION and row.place_words == ""
    assert queries.counts(viewer)["questions"] == 1 and queries.counts(viewer)["open"] == 0
    page = queries.case_page(viewer, play.case.number)
    assert [step.words for step in page.steps] == [question]
    assert page.deeds == (Deed.VERIFY,)
    assert SAID not in repr(page) and PLACE not in repr(page)
    with pytest.raises(Unseen):
        queries.case_page(cast.zhao.viewer, play.case.number)
    play.do(actions.verify, viewer, answer="exists", words="有两袋")
    assert not visible_or_asked(viewer).filter(pk=play.case.pk).exists()
    question_row = queries.case_page(cast.acceptor.viewer, play.case.number).question
    assert question_row is not None and question_row.answer == "exists"


def test_overseers_know_that_it_is_there_and_nothing_of_it(cast: Cast) -> None:
    play = _kept(cast, "handling")
    for person in (cast.supervisor, cast.wang):
        (row,) = queries.confidential_cases(person.viewer).rows
        assert (row.number, row.opens) == (play.case.number, False)
        assert row.holder_name == "桐花街道环卫所"
        assert SAID not in repr(row) and "垃圾" not in repr(row)
        assert queries.confidential_count(person.viewer) == 1
    for name in ("acceptor", "dispatcher", "checker", "li", "zhang", "he", "audit_administrator"):
        viewer = getattr(cast, name).viewer
        assert queries.confidential_cases(viewer).rows == [], name
        assert not known_to_exist(viewer).exists()


def test_an_open_case_is_no_confidential_matter(cast: Cast) -> None:
    play = Play(cast).until("handling")
    assert queries.confidential_cases(cast.wang.viewer).rows == []
    with pytest.raises(Unseen):
        queries.confidential_case(cast.wang.viewer, play.case.number)


def test_a_confidential_report_joins_no_open_case(cast: Cast) -> None:
    play = Play(cast).report()
    with pytest.raises(Invalid) as refused:
        actions.join(
            intake=play.intake(confidential=True), case=play.case, by=play.stranger, key="join-kept"
        )
    assert refused.value.field == "confidential"
    assert not play.case.is_restricted and play.case.reports.count() == 1


def test_a_confidential_case_is_merged_into_no_open_one_but_takes_it_in(cast: Cast) -> None:
    kept, plain = _kept(cast, "reported"), Play(cast).report()
    with pytest.raises(Invalid):
        kept.do(actions.merge, cast.acceptor.viewer, into=plain.case.number)
    plain.do(actions.merge, cast.acceptor.viewer, into=kept.case.number)
    assert kept.case.reports.count() == 2 and kept.case.is_restricted
    # What was in the open stays so as far as it went; the leader follows no step of the kept one.
    assert not queries.visible_to(cast.wang.viewer).filter(pk=kept.case.pk).exists()


def test_only_they_are_told_who_have_it_in_hand(cast: Cast) -> None:
    play = _kept(cast, "dispatched")
    for step in Step.objects.filter(case=play.case):
        announce_step(step.pk)
    told = set(Notice.objects.filter(subject_kind="case").values_list("user_id", "kind"))
    # Not the worker of the grid, who hears of every open case there.
    assert told == {(cast.handler.user_id, "case_dispatch")}


def test_an_acceptor_keeps_what_came_in_open(cast: Cast) -> None:
    play = Play(cast).report(text=SAID)
    assert len(_seen_by(cast, play)) > 4
    play.do(actions.restrict, cast.acceptor.viewer, words="反映人来电要求保密")
    assert _seen_by(cast, play) == {"acceptor": True}
    assert play.case.steps.latest("serial").deed == Deed.RESTRICT


def test_what_a_unit_has_read_can_be_kept_no_more(cast: Cast) -> None:
    play = Play(cast).until("dispatched")
    with pytest.raises(NotPermitted):
        play.do(actions.restrict, cast.dispatcher.viewer)


def test_keeping_changes_nothing_for_the_reporter(cast: Cast) -> None:
    play = _kept(cast, "handling")
    code = secrets.receipt_code(play.receipt.report_id)
    told = queries.tracked(play.receipt.number, code)
    assert told.text == SAID and told.state == "handling"
