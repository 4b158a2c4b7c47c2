"""Confidential cases in every state, full of canaries, with who may read what of them by hand.

The readers are written out here and not asked of `rules.RESTRICTED`: the crawl is there to doubt it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.emergency import actions as emergency
from gezhi.work.emergency.models import Emergency
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.topics.finding import find_all
from tests.cast import Cast

WORD = "密鸽"
PHONES = "139111"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who reads the reporter's words in this state, and who what was written for them."""

    whole: frozenset[str] = frozenset()
    brief: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


def _hand(*whole: str, brief: str = "", asked: str = "") -> Hand:
    return Hand(
        whole=frozenset(whole),
        brief=frozenset({*whole, brief} - {""}),
        asked=frozenset({*whole, asked} - {""}),
    )


# No leader, no worker of the grid, no clerk of the community in any of them.
HANDS = {
    "reported": _hand("acceptor"),
    "verifying": _hand("acceptor", asked="zhang"),
    "accepted": _hand("dispatcher"),
    "dispatched": _hand(brief="handler"),
    "handling": _hand(brief="handler"),
    "checking": _hand("checker"),
    "checked": _hand("acceptor", "supervisor"),
    "closed": _hand("acceptor"),
    "called back": _hand("acceptor"),
    "archived": _hand(),
    "rejected": _hand(),
    # Its words and its photo went to the case it was merged into, which is with the acceptor.
    "merged": _hand("acceptor"),
}
_STATES = {"verifying": "reported", "merged": "reported", "rejected": "reported"}
_ENDED = {"called back", "archived"}
# What plants a text and says who may read it.
Plant = Callable[[str, frozenset[str]], str]


def plant(cast: Cast, planted: Plant, photo: Callable[[], int]) -> dict[str, Play]:
    """One confidential case in each state; its texts are handed to `planted`."""
    plays: dict[str, Play] = {}
    for number, (state, hand) in enumerate(HANDS.items()):
        play = plays[state] = _reported(cast, planted, number, hand, photo())
        advise_case(play.case.pk)
        _go_on(play, planted, state, f"{WORD}{number:02}", hand)
        if state == "merged":
            into = plays["reported"].case.number
            play.do(actions.merge, cast.acceptor.viewer, into=into)
    _answered(cast, planted, f"{WORD}{len(HANDS):02}")
    find_all()
    return plays


def _answered(cast: Cast, planted: Plant, word: str) -> None:
    """What a grid told of in an emergency, open to the street then and made confidential since."""
    hand = _hand("acceptor")
    row = Emergency.objects.get(plan_code="flood")
    answer = emergency.answer(
        emergency_id=row.pk,
        grid_id=cast.street.grid.pk,
        said="trouble",
        text=planted(f"{word}答", hand.whole),
        by=cast.zhang.viewer,
        key=fresh_key(),
    )
    number = row.cases.get(case=answer.case).case.number
    actions.restrict(number=number, by=cast.acceptor.viewer, key=fresh_key())


def _reported(cast: Cast, planted: Plant, number: int, hand: Hand, photo: int) -> Play:
    word, phone = f"{WORD}{number:02}", f"{PHONES}{number:05}"
    longitude, latitude = cast.street.point
    play = Play(cast).report(
        confidential=True,
        text=planted(f"{word}述", hand.whole),
        where=actions.Where(
            longitude=longitude, latitude=latitude, words=planted(f"{word}处", hand.whole)
        ),
        contact=actions.Contact(name=f"{word}姓名", phone=phone),
        photos=(photo,),
    )
    planted(f"{word}姓名", frozenset())
    planted(phone, frozenset())
    planted(f"/files/{photo}", hand.whole)
    return play


def _go_on(play: Play, planted: Plant, state: str, word: str, hand: Hand) -> None:
    by = play.cast.acceptor.viewer
    goal = "closed" if state in _ENDED else _STATES.get(state, state)
    if state == "verifying":
        play.do(actions.ask, by, words=planted(f"{word}问", hand.asked))
    if state == "rejected":
        words = planted(f"{word}拒", hand.whole)
        play.do(actions.reject, by, reason_code="in_court", words=words)
    way: tuple[tuple[str, Callable[[], object]], ...] = (
        ("accepted", lambda: play.accept(words=planted(f"{word}批", hand.whole))),
        ("dispatched", lambda: play.dispatch(words=planted(f"{word}派", hand.brief))),
        ("handling", play.take),
        ("checking", lambda: play.finish(words=planted(f"{word}结", hand.brief))),
        ("checked", lambda: play.check(words=planted(f"{word}核", hand.brief))),
        ("closed", play.close),
    )
    for name, deed in way if goal != "reported" else ():
        deed()
        if name == goal:
            break
    if state == "handling":
        words = planted(f"{word}补", frozenset())
        actions.add_word(report=play.report_row, by=play.stranger, key=fresh_key(), words=words)
    if state == "called back":
        words = planted(f"{word}评", hand.whole)
        actions.call_back(
            report=play.report_row, by=by, key=fresh_key(), outcome="reached",
            resolved="solved", satisfied="satisfied", words=words,
        )  # fmt: skip
    if state == "archived":
        play.do(actions.archive, Viewer.system("beat"))
