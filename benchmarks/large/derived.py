"""What hangs on the rows that were filled in bulk: figures of the months, hot topics."""

from datetime import timedelta

from django.db import transaction

TOPICS, MEMBERS = 200, 100
MONTHS = 38


def write() -> None:
    """Write the figures of every month, and as many topics as a busy street has."""
    with transaction.atomic():
        _figures()
        _topics()


def _figures() -> None:
    from gezhi.kernel import clock
    from gezhi.records.places.models import District
    from gezhi.work.triage import figures, reckoning

    this = figures.month_of(clock.today())
    for district_id in District.objects.values_list("pk", flat=True):
        for back in range(MONTHS):
            reckoning.write_month(district_id, figures.months_before(this, back))


def _topics() -> None:
    """Topics of the newest reports; as many whatever the size, as the look for them takes no more."""
    from gezhi.kernel import clock
    from gezhi.work.cases.models import Report
    from gezhi.work.triage.models import Topic, TopicMember

    now = clock.now()
    newest = list(
        Report.objects.order_by("-id").values_list("id", "district_id")[: TOPICS * MEMBERS]
    )
    if not newest:
        return
    Topic.objects.all().delete()
    topics = [
        Topic(
            district_id=newest[0][1],
            key=f"fill{number}",
            title=f"路灯不亮 {number}",
            words=["路灯", "不亮"],
            place="水井坊社区",
            people=MEMBERS,
            messages=MEMBERS,
            heat=float(number),
            first_at=now - timedelta(days=20),
            last_at=now,
            trend=[1, 3, 5, 4, 6, 8],
            monthly=number % 10 == 0,
            found_at=now,
        )
        for number in range(TOPICS)
    ]
    Topic.objects.bulk_create(topics)
    TopicMember.objects.bulk_create(
        [
            TopicMember(topic=topics[place % TOPICS], report_id=report_id)
            for place, (report_id, _district) in enumerate(newest)
        ],
        batch_size=2_000,
    )
