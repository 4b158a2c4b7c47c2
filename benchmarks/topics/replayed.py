"""The marked events among the topics an office would see, after `make demo-real`.

    GEZHI_HOME=var/real python -m benchmarks.topics.replayed

The pages look back 400 days from the last message; events are counted as far as they lie there.
"""

import os
import time

import django

from benchmarks.topics import data, scores


def main() -> None:
    """F1 of each marked event against the topics kept, and how long finding them takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from datetime import timedelta

    from gezhi.kernel import clock
    from gezhi.work.cases.models import Case
    from gezhi.work.triage.models import Topic, TopicMember
    from gezhi.work.triage.topics.finding import HISTORY_DAYS, find_all

    began, worked = time.perf_counter(), time.process_time()
    count = find_all()
    print(
        f"{count} topics in {time.perf_counter() - began:.1f} s,"
        f" of processor {time.process_time() - worked:.1f} s\n"
    )
    since = clock.now() - timedelta(days=HISTORY_DAYS)
    rows = Case.objects.filter(origin_number__startswith="timed-", reported_at__gte=since)
    number_of = {
        pk: int(origin.removeprefix("timed-"))
        for pk, origin in rows.values_list("pk", "origin_number")
    }
    topics: dict[int, set[int]] = {}
    for topic_id, case_id in TopicMember.objects.values_list("topic_id", "report__first_case_id"):
        if case_id in number_of:
            topics.setdefault(topic_id, set()).add(number_of[case_id])
    seen = set(number_of.values())
    print("| event | messages | F1 | precision | recall |\n|---|---|---|---|---|")
    found = []
    for event, numbers in data.marked().items():
        there = set(numbers) & seen
        if there:
            found.append(scores.best(there, list(topics.values())))
            cells = " | ".join(f"{value:.3f}" for value in found[-1])
            print(f"| {event} | {len(there)} | {cells} |")
    if found:
        print(
            f"| **mean of {len(found)}** | | {sum(one[0] for one in found) / len(found):.3f} | | |"
        )
    print("\n| heat | people | messages | title | place | words |\n|---|---|---|---|---|---|")
    for topic in Topic.objects.order_by("-heat")[:20]:
        words = " ".join(topic.words)
        print(
            f"| {topic.heat:.1f} | {topic.people} | {topic.messages} | {topic.title}"
            f" | {topic.place} | {words} |"
        )


if __name__ == "__main__":
    main()
