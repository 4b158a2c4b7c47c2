"""Each night: the hot topics of every district, found anew from what was reported in a year."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gezhi.kernel import clock
from gezhi.methods.resemble.topics import Topic as Found
from gezhi.methods.resemble.topics import Voice, find_topics
from gezhi.records.places.models import District
from gezhi.work.cases.models import Report
from gezhi.work.triage.announcing import tell_leaders
from gezhi.work.triage.likeness import days_of
from gezhi.work.triage.models import Topic, TopicMember
from gezhi.work.triage.rules import RETURNS_OF_A_MONTHLY_QUESTION
from gezhi.work.triage.said import title_of

# A year, so that what comes back every season is seen to come back.
HISTORY_DAYS = 400
MOST_VOICES = 100_000
_MONDAY = 0
_COLUMNS = (
    "id", "joined", "first_case_id", "words__text", "reporter__phone_index", "account_id",
    "received_at", "case__longitude", "case__latitude", "case__grid_id", "case__community_id",
)  # fmt: skip


def find_all() -> int:
    """Find and keep the topics of every district; answers how many. On Mondays leaders are told."""
    found = 0
    for district_id in District.objects.values_list("pk", flat=True):
        topics = find_topics(
            _voices(district_id), now=days_of(clock.now()), known=_known(district_id)
        )
        number = _keep(district_id, topics)
        today = clock.today()
        if number and today.weekday() == _MONDAY:
            tell_leaders(
                "triage_digest",
                district_id=district_id,
                key=f"triage.digest:{district_id}:{today:%Y%m%d}",
            )
        found += number
    return found


def _known(district_id: int) -> dict[str, set[int]]:
    """The members of last night's topics by key, so that a topic keeps its key and its address."""
    found: dict[str, set[int]] = {}
    rows = TopicMember.objects.filter(topic__district_id=district_id)
    for key, report_id in rows.values_list("topic__key", "report_id"):
        found.setdefault(key, set()).add(report_id)
    return found


def _voices(district_id: int) -> list[Voice]:
    """What was said, whose by a mark that tells people apart and no more; nothing confidential."""
    since = clock.now() - timedelta(days=HISTORY_DAYS)
    rows = (
        Report.objects.filter(district_id=district_id, received_at__gte=since, confidential=False)
        .exclude(words__text="")
        .order_by("-id")
        .values_list(*_COLUMNS)[:MOST_VOICES]
    )
    found = list(rows)
    first = {row[2]: row[3] for row in found if not row[1]}
    return [_voice(row, first) for row in found]


def _voice(row: tuple[Any, ...], first: dict[int, str]) -> Voice:
    number, joined, case_id, text, phone, account, received, east, north, grid, community = row
    # Whoever met it too often says only that: the first voice says what.
    said = f"{first.get(case_id, '')}\n{text}" if joined else f"{title_of(text)}\n{text}"
    return Voice(
        id=number,
        text=said,
        person=phone or (f"account:{account}" if account else ""),
        moment=days_of(received),
        longitude=east,
        latitude=north,
        area=str(grid or community or ""),
    )


@transaction.atomic
def _keep(district_id: int, found: list[Found]) -> int:
    """Write the topics of this night in place of those of the last; a key keeps its row."""
    keys = [topic.key for topic in found]
    Topic.objects.filter(district_id=district_id).exclude(key__in=keys).delete()
    for topic in found:
        row, _fresh = Topic.objects.update_or_create(
            district_id=district_id, key=topic.key, defaults=_columns(topic)
        )
        TopicMember.objects.filter(topic=row).delete()
        TopicMember.objects.bulk_create(
            TopicMember(topic=row, report_id=report_id) for report_id in topic.members
        )
    return len(found)


def _columns(topic: Found) -> dict[str, Any]:
    parts = topic.heat_parts
    return {
        "title": topic.title[:80],
        "words": list(topic.words),
        "place": topic.place[:80],
        "people": topic.people,
        "messages": len(topic.members),
        "heat": topic.heat,
        "heat_people": parts.people,
        "heat_recency": parts.recency,
        "heat_support": parts.support,
        "heat_against": parts.against,
        "first_at": _moment(topic.first),
        "last_at": _moment(topic.last),
        "trend": [int(count) for count in topic.trend],
        "organized": topic.organized,
        "returning": topic.returning,
        "monthly": topic.returning >= RETURNS_OF_A_MONTHLY_QUESTION,
        "found_at": clock.now(),
    }


def _moment(days: float) -> datetime:
    return datetime.fromtimestamp(days * 86_400, clock.SHANGHAI)
