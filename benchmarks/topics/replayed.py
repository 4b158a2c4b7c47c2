"""The marked events among the topics an office would see, after `make demo-real`.

    GEZHI_HOME=var/real python -m benchmarks.topics.replayed

Topics are what was said in the last thirty days, so each event is looked for at the end of every
month in which it had at least so many messages; at last everything stands as it is today.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import django

from benchmarks.topics import data, scores

# Fewer are no topic, which takes three people.
LEAST = 4
FIRST = datetime(2019, 2, 1, tzinfo=UTC)


def _days(now: datetime) -> Iterator[datetime]:
    """The first of each month in 2019 and after, and today."""
    day = FIRST
    while day < now:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)
    yield now


def main() -> None:
    """F1 of each marked event month by month against the topics of the office."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from gezhi.kernel import clock
    from gezhi.methods.resemble.topics import WINDOW_DAYS
    from gezhi.work.cases.models import Case
    from gezhi.work.triage.models import Topic, TopicMember
    from gezhi.work.triage.topics.finding import find_all

    marked = data.marked()
    rows = Case.objects.filter(origin_number__startswith="timed-")
    told = {
        pk: (int(origin.removeprefix("timed-")), reported_at)
        for pk, origin, reported_at in rows.values_list("pk", "origin_number", "reported_at")
    }
    print("| seen on | event | messages | F1 | precision | recall |\n|---|---|---|---|---|---|")
    found, spent = [], []
    for day in _days(clock.now()):
        began = time.process_time()
        with clock.moved_to(day):
            find_all()
        spent.append(time.process_time() - began)
        since = day - timedelta(days=WINDOW_DAYS)
        lately = {pk: number for pk, (number, moment) in told.items() if since <= moment < day}
        topics: dict[int, set[int]] = {}
        members = TopicMember.objects.values_list("topic_id", "report__first_case_id")
        for topic_id, case_id in members:
            if case_id in lately:
                topics.setdefault(topic_id, set()).add(lately[case_id])
        for event, numbers in marked.items():
            there = numbers & set(lately.values())
            if len(there) >= LEAST:
                found.append(scores.best(there, list(topics.values())))
                cells = " | ".join(f"{value:.3f}" for value in found[-1])
                print(f"| {day:%Y-%m-%d} | {event} | {len(there)} | {cells} |")
    means = " | ".join(f"{sum(part) / len(found):.3f}" for part in zip(*found, strict=True))
    print(f"| | **mean of {len(found)}** | | {means} |")
    print(f"\nfound anew {len(spent)} times, {max(spent):.1f} s of processor at most")
    find_all()
    print("\n| heat | people | messages | title | place | words |\n|---|---|---|---|---|---|")
    for topic in Topic.objects.order_by("-heat")[:20]:
        words = " ".join(topic.words)
        print(
            f"| {topic.heat:.1f} | {topic.people} | {topic.messages} | {topic.title}"
            f" | {topic.place} | {words} |"
        )


if __name__ == "__main__":
    main()
