"""Other names of places, as people write them: what counts as one, noticing and learning a new one."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from gezhi.kernel import clock
from gezhi.methods.locate import Gazetteer, locate
from gezhi.records.places.models import Place
from gezhi.work.triage.models import Alias, AliasUse
from gezhi.work.triage.rules import ALIAS_AFTER

MOST_SIGNS = 20
_LEAST_SIGNS = 2
# Where the name ends and the numbers of building, stairwell and room begin.
_NUMBERS = re.compile(
    r"[0-9a-zA-Z#＃号栋幢座期区]|[一二三四五六七八九十]+(?:栋|幢|座|期|区|单元|号)"
)
# Words that point instead of naming: every compound has its 院子 and its 菜市场.
_POINTING = re.compile(r"^(?:我|咱|俺|你|他|她|这|那|本|该|某|隔壁|楼[上下]|对面|附近|旁边)")
_COMMON = re.compile(
    r"^(?:小区|院子?|大院|楼栋?|路[口边]|街[口边道]?|马路|巷[口子]|门[口卫]|大门|后门|家|菜市场|市场|广场|公园|"
    r"学校|幼儿园|医院|超市|商店|工地|桥[头边下]?|河[边道]|车[站棚库]|停车场|地铁[站口]|公交站|垃圾[站桶房]|"
    r"厕所|公厕|社区|街道|物业|单元楼?|楼道|.{1,4}家)$"
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
    """The name of a compound at the head of what was written of a place; "" if there is none.

    What only points at a place, or would fit any, is no name: 我家楼下, 小区门口, 张大爷家.
    """
    plain = unicodedata.normalize("NFKC", place_words).strip()
    head = _NUMBERS.split(plain, maxsplit=1)[0]
    name = plain_alias(_AFTER.sub("", head))
    return "" if _POINTING.match(name) or _COMMON.match(name) else name


def in_force(district_id: int) -> QuerySet[Alias]:
    """The aliases that count: staff chose the place twice, or somebody said so."""
    return Alias.objects.filter(
        Q(count__gte=ALIAS_AFTER) | Q(confirmed_by__isnull=False),
        district_id=district_id,
        place__retired_at=None,
    )


class _Learnt:
    """The aliases in force, for the look-up of places below."""

    def version(self, district_id: int) -> tuple[int | None, int]:
        rows = in_force(district_id).aggregate(newest=Max("id"), number=Count("id"))
        return rows["newest"], rows["number"]

    def names(self, district_id: int) -> Iterable[tuple[int, str]]:
        return in_force(district_id).values_list("place_id", "words")


LEARNT = _Learnt()


@transaction.atomic
def note(place: Place, words: str, *, case_id: int) -> Alias | None:
    """Note that staff settled a case with these words at this place; None where they are no name.

    A case counts once, and for one place: settled elsewhere since, it teaches that place's name.
    """
    plain = plain_alias(words)
    if not plain or plain == plain_alias(place.name):
        return None
    row, _fresh = Alias.objects.get_or_create(
        place=place,
        words=plain,
        defaults={"district_id": place.district_id, "learnt_at": clock.now(), "count": 0},
    )
    unlearn(AliasUse.objects.filter(case_id=case_id).exclude(alias=row))
    _use, first = AliasUse.objects.get_or_create(alias=row, case_id=case_id)
    if first:
        Alias.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row


def learn_name(gazetteer: Gazetteer, place_words: str, *, place_id: int, case_id: int) -> bool:
    """Note the name in the words as another one of the place; answers whether it was noted.

    Words that name this place already teach nothing, and those that name another one of the
    register are a mistake about where it is, not about what it is called.
    """
    name = name_in(place_words)
    if not name:
        return False
    found = locate(gazetteer, place_words)
    if found.place_id is not None:
        return False
    known = Place.objects.filter(pk__in=[one.place_id for one in found.candidates])
    if any(place_id in (place.pk, place.compound_id) for place in known):
        return False
    if any(plain_alias(place.name) == name for place in known):
        return False
    place = Place.objects.filter(pk=place_id).first()
    return place is not None and note(place, name, case_id=case_id) is not None


@transaction.atomic
def unlearn(uses: QuerySet[AliasUse]) -> int:
    """Take back what these cases taught; a name that nobody uses is gone. Answers how many."""
    taken = list(uses.values_list("pk", "alias_id"))
    AliasUse.objects.filter(pk__in=[pk for pk, _alias in taken]).delete()
    for _pk, alias_id in taken:
        Alias.objects.filter(pk=alias_id, count__gt=0).update(count=F("count") - 1)
    Alias.objects.filter(
        pk__in=[alias for _pk, alias in taken], count=0, confirmed_by=None
    ).delete()
    return len(taken)
