"""是同一件吗: what neighbors reported that a resident may be writing again, before it is sent.

The open matters of the same compound, and those whose words, place and time are like what is being
written. A neighbor's words, photo and point never come along; joining is the resident's choice.
"""

import logging

from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import Location
from gezhi.work.cases.queries import SimilarCard, also_met
from gezhi.work.triage.queries import SimilarMatter, similar_to

logger = logging.getLogger("gezhi.resident")
SHOWN = 3
# To a clerk a one-in-three guess is worth a look; a resident is only asked about what is likely.
_LIKELY = 50
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
    patience: float = PATIENCE_SECONDS,
) -> tuple[SimilarCard, ...]:
    """Up to three open matters as a stranger may see them, the likest first.

    `point` is longitude and latitude in CGCS2000. Never refuses, never waits longer than
    `patience` seconds for the look at the words: without it the compound's matters are shown.
    """
    found = {
        card.number: card for card in _like(viewer, location, text, place_words, point, patience)
    }
    for card in also_met(viewer, location.district_id, location.compound_id):
        found.setdefault(card.number, card)
    return tuple(found.values())[:SHOWN]


def _like(
    viewer: Viewer,
    location: Location,
    text: str,
    place_words: str,
    point: tuple[float, float] | None,
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
            compound_id=location.compound_id,
            patience=patience,
        )
    # Whatever the look stumbles over, the report goes on without it.
    except Exception as error:
        logger.error("no look for the same matter: %s", type(error).__name__)
        return []
    return [_card(one) for one in found if one.merge or one.percent >= _LIKELY]


def _card(one: SimilarMatter) -> SimilarCard:
    return SimilarCard(
        number=one.number,
        class_name=one.class_name,
        compound_name=one.compound_name,
        summary=one.summary,
        days=one.days,
        voices=one.voices,
    )
