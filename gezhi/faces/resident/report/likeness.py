"""是同一件吗: what neighbors reported that a resident may be writing again, before it is sent.

The open cases of the same compound, and those whose words, place and time are like what is being
written. A neighbor's words, photo and point never come along; joining is the resident's choice.
"""

import logging

from gezhi.kernel.bigrams import bigrams
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import Location
from gezhi.work.cases.queries import SimilarCard, also_met
from gezhi.work.triage.queries import LikelyCase, similar_to

logger = logging.getLogger("gezhi.resident")
SHOWN = 3
# Words of any case at a home: two cases that share them need not be one.
_SAID_OF_ANY_HOME = frozenset(
    bigram
    for word in (
        "楼道",
        "门口",
        "小区",
        "单元",
        "路口",
        "旁边",
        "楼下",
        "楼上",
        "院子",
        "社区",
        "街道",
        "有人",
        "没人",
        "反映",
    )
    for bigram in bigrams(word)
)
PATIENCE_SECONDS = 0.3
# Whoever pressed "我也遇到" has seen the card: it is looked for again as long as it takes.
JOINING_SECONDS = 2.0


def neighbors_of(
    viewer: Viewer,
    location: Location,
    text: str = "",
    *,
    place_words: str = "",
    point: tuple[float, float] | None = None,
    place_id: int | None = None,
    joining: bool = False,
) -> tuple[SimilarCard, ...]:
    """Up to three open cases as a stranger may see them, the likest first.

    Once something was written, a case of the compound is shown only if its class or summary
    speaks of it: another case of the same stairs is not one's own.

    `point` is longitude and latitude in CGCS2000. Never refuses, never waits longer than 300 ms for
    the look at the words. `joining`: whoever saw a card may join it, whatever was written since.
    """
    patience = JOINING_SECONDS if joining else PATIENCE_SECONDS
    found = {
        card.number: card
        for card in _like(viewer, location, text, place_words, point, place_id, patience)
    }
    for card in also_met(viewer, location.district_id, location.compound_id):
        if joining or not text.strip() or _is_spoken_of(card, text):
            found.setdefault(card.number, card)
    return tuple(found.values())[:SHOWN]


def _like(
    viewer: Viewer,
    location: Location,
    text: str,
    place_words: str,
    point: tuple[float, float] | None,
    place_id: int | None,
    patience: float,
) -> list[SimilarCard]:
    if not text.strip():
        return []
    longitude, latitude = point or (None, None)
    try:
        found = similar_to(
            viewer,
            location.district_id,
            text,
            place_words=place_words,
            longitude=longitude,
            latitude=latitude,
            compound_id=location.compound_id or place_id,
            patience=patience,
        )
    # Whatever the look stumbles over, the report goes on without it.
    except Exception as error:
        logger.error("no look for the same case: %s", type(error).__name__)
        return []
    return [_card(one) for one in found]


def _is_spoken_of(card: SimilarCard, text: str) -> bool:
    """Whether the words share a pair of signs with class or summary that says what is wrong."""
    told = f"{card.class_name} {card.summary.replace(card.compound_name, ' ')}"
    shared = set(bigrams(told)) & set(bigrams(text)) - _SAID_OF_ANY_HOME
    return any(len(pair) > 1 for pair in shared)


def _card(one: LikelyCase) -> SimilarCard:
    return SimilarCard(
        number=one.number,
        class_name=one.class_name,
        compound_name=one.compound_name,
        summary=one.summary,
        days=one.days,
        reports=one.reports,
    )
