"""Other names of places, as people write them: what counts as one, and noticing a new one."""

import re
import unicodedata

from django.db.models import F, Q, QuerySet

from gezhi.kernel import clock
from gezhi.records.places.models import Place
from gezhi.work.triage.models import Alias
from gezhi.work.triage.rules import ALIAS_AFTER

MOST_SIGNS = 20
_LEAST_SIGNS = 2
# Where the name ends and the numbers of building, stairwell and room begin.
_NUMBERS = re.compile(
    r"[0-9a-zA-Z#＃号栋幢座期区]|[一二三四五六七八九十]+(?:栋|幢|座|期|区|单元|号)"
)
_AFTER = re.compile(r"(?:门口|旁边|旁|附近|对面|里面|楼下|院内|内|里|的)+$")


def plain_alias(words: str) -> str:
    """A name in its one written form; "" for what can be none."""
    plain = unicodedata.normalize("NFKC", words)
    plain = "".join(sign for sign in plain if sign.isalnum())
    if not _LEAST_SIGNS <= len(plain) <= MOST_SIGNS or plain.isdecimal():
        return ""
    return plain


def name_in(place_words: str) -> str:
    """The name of a compound at the head of what was written of a place; "" if there is none."""
    plain = unicodedata.normalize("NFKC", place_words).strip()
    head = _NUMBERS.split(plain, maxsplit=1)[0]
    return plain_alias(_AFTER.sub("", head))


def in_force(district_id: int) -> QuerySet[Alias]:
    """The aliases that count: staff chose the place twice, or somebody said so."""
    return Alias.objects.filter(
        Q(count__gte=ALIAS_AFTER) | Q(confirmed_by__isnull=False),
        district_id=district_id,
        place__retired_at=None,
    )


def note(place: Place, words: str) -> Alias | None:
    """Note that staff chose this place for these words; None where the words are no name."""
    plain = plain_alias(words)
    if not plain or plain == plain_alias(place.name):
        return None
    row, fresh = Alias.objects.get_or_create(
        place=place,
        words=plain,
        defaults={"district_id": place.district_id, "learnt_at": clock.now()},
    )
    if not fresh:
        Alias.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row
