"""Each night: the hot topics of every district, found anew from what was reported in a year."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.methods.resemble.topics import WINDOW_DAYS, TopicReport, find_topics
from gezhi.methods.resemble.topics import Topic as Found
from gezhi.records.places import queries as places
from gezhi.records.places.models import District
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Report
from gezhi.work.cases.rules import Confidentiality
from gezhi.work.triage.announcing import tell_leaders
from gezhi.work.triage.likeness import days_of
from gezhi.work.triage.models import Advice, Topic, TopicMember
from gezhi.work.triage.report_text import title_of
from gezhi.work.triage.rules import PEOPLE_OF_A_TOPIC, RETURNS_OF_A_MONTHLY_QUESTION
from gezhi.work.triage.topics.refining import KnownReport, refined

# A year, so that what comes back every season is seen to come back.
HISTORY_DAYS = 400
MOST_VOICES = 100_000
_MONDAY = 0
_COLUMNS = (
    "id", "joined", "first_case_id", "words__text", "reporter__phone_index", "account_id",
    "received_at", "case__longitude", "case__latitude", "case__community_id", "case_id",
    "case__class_code", "case__compound_id", "case__place_id",
)  # fmt: skip


def find_all() -> int:
    """Find and keep the topics of every district; answers how many. On Mondays leaders are told.

    A district whose topics cannot be found keeps none of the others.
    """
    found = 0
    with Sweep("find-topics") as each:
        for district_id, code in District.objects.values_list("pk", "code"):
            with each.one("district", code, district_id):
                found += _find(district_id)
    return found


def _find(district_id: int) -> int:
    with codes.steady():
        topics = _topics(district_id)
    number = _keep(district_id, topics)
    today = clock.today()
    if number and today.weekday() == _MONDAY:
        tell_leaders(
            "triage_digest",
            district_id=district_id,
            key=f"triage.digest:{district_id}:{today:%Y%m%d}",
        )
    return number


def _topics(district_id: int) -> list[Found]:
    reports = {one.report.id: one for one in _reports(district_id)}
    known = _known(district_id)
    now = days_of(clock.now())
    found = find_topics(
        [one.report for one in reports.values()],
        now=now,
        known=known,
        fillers=[term.name for term in codes.terms("fillers")],
    )
    return refined(
        found,
        reports,
        known=known,
        now=now,
        window_days=WINDOW_DAYS,
        least_people=PEOPLE_OF_A_TOPIC,
    )


def _known(district_id: int) -> dict[str, list[int]]:
    """The members of last night's topics by key, so that a topic keeps its key and its address."""
    found: dict[str, list[int]] = {}
    rows = TopicMember.objects.filter(topic__district_id=district_id)
    for key, report_id in rows.values_list("topic__key", "report_id"):
        found.setdefault(key, []).append(report_id)
    return found


def _reports(district_id: int) -> list[KnownReport]:
    """What was said, whose by a mark that tells people apart and no more; nothing confidential,
    nothing of a drill."""
    now = clock.now()
    rows = list(
        Report.objects.filter(
            real("case__"),
            district_id=district_id,
            received_at__range=(now - timedelta(days=HISTORY_DAYS), now),
            confidential=False,
            case__confidentiality=Confidentiality.OPEN,
        )
        .exclude(words__text="")
        .order_by("-id")
        .values(*_COLUMNS)[:MOST_VOICES]
    )
    first = {row["first_case_id"]: row["words__text"] for row in rows if not row["joined"]}
    communities = places.names_of({row["case__community_id"] or 0 for row in rows})
    spots = places.place_names_of({_spot(row) for row in rows})
    advised = advised_classes({row["case_id"] for row in rows if not row["case__class_code"]})
    return [
        _one(
            row,
            first,
            communities,
            spots,
            row["case__class_code"] or advised.get(row["case_id"], ""),
        )
        for row in rows
    ]


def advised_classes(case_ids: set[int]) -> dict[int, str]:
    """The likeliest class of cases nobody has classed yet: even one too unsure to be shown to a
    person keeps cases apart that have only their place in common."""
    rows = Advice.objects.filter(case_id__in=case_ids, what="class", abstained=False)
    return dict(rows.values_list("case_id", "label"))


def _spot(row: dict[str, Any]) -> int:
    return row["case__compound_id"] or row["case__place_id"] or 0


def _one(
    row: dict[str, Any],
    first: dict[int, str],
    communities: dict[int, str],
    spots: dict[int, str],
    class_code: str,
) -> KnownReport:
    text = row["words__text"]
    # Whoever met it too often says only that: the first report says what.
    head = first.get(row["first_case_id"], "") if row["joined"] else title_of(text)
    account = row["account_id"]
    class_term = codes.term("matters", class_code)
    community = row["case__community_id"] or 0
    return KnownReport(
        report=TopicReport(
            id=row["id"],
            text=f"{head}\n{text}",
            person=row["reporter__phone_index"] or (f"account:{account}" if account else ""),
            moment=days_of(row["received_at"]),
            longitude=row["case__longitude"],
            latitude=row["case__latitude"],
            area=communities.get(community, ""),
        ),
        class_code=class_code,
        class_name=class_term.label if class_term else "",
        community_id=community,
        community=communities.get(community, ""),
        place=spots.get(_spot(row), ""),
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
