"""Events found in real messages beside single link; planted events; speed.

python -m benchmarks.topics            # all of it, as Markdown
python -m benchmarks.topics --table    # also every topic of the real messages
python -m benchmarks.topics --scale    # only 100,000 planted reports: time, memory, accuracy
"""

import argparse
import resource
import time

from benchmarks.topics import data, scores
from benchmarks.topics.single import single_link
from gezhi.methods.resemble.topics import Topic, TopicReport, find_topics

SCALE = 100_000


def events(*, table: bool) -> None:
    """F1 of each marked event, ours and single link at three bars."""
    reports, marked = data.messages(), data.marked()
    began, worked = time.perf_counter(), time.process_time()
    topics = find_topics(reports, window_days=2_000, fillers=data.fillers())
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    ours = [set(topic.members) for topic in topics]
    chains = {bar: single_link(reports, bar) for bar in (0.25, 0.30, 0.35)}
    print(f"{len(reports)} messages: {seconds:.1f} s, of processor {worked:.1f} s\n")
    print("| event | use | messages | F1 | precision | recall | single .25 | .30 | .35 |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows: dict[str, list[float]] = {}
    for event, numbers in marked.items():
        found = scores.best(numbers, ours)
        beside = [scores.best(numbers, groups)[0] for groups in chains.values()]
        rows[event] = [found[0], *beside]
        use = "tuned" if event in data.TUNED_ON else "held out"
        cells = " | ".join(f"{value:.3f}" for value in [*found, *beside])
        print(f"| {event} | {use} | {len(numbers)} | {cells} |")
    for name, chosen in (
        ("the four named", data.NAMED),
        ("tuned on", data.TUNED_ON),
        ("held out", [event for event in marked if event not in data.TUNED_ON]),
        ("all", list(marked)),
    ):
        means = [sum(rows[event][at] for event in chosen) / len(chosen) for at in range(4)]
        print(f"| **mean, {name}** | | | {means[0]:.3f} | | | " + _cells(means[1:]) + " |")
    if table:
        _table(topics)


def _cells(values: list[float]) -> str:
    return " | ".join(f"{value:.3f}" for value in values)


def _table(topics: list[Topic]) -> None:
    print("\n| heat | people | messages | organized | returns | title | words |")
    print("|---|---|---|---|---|---|---|")
    for topic in topics:
        print(
            f"| {topic.heat:.1f} | {topic.people} | {len(topic.members)} |"
            f" {'yes' if topic.organized else ''} | {topic.returning} | {topic.title} |"
            f" {' '.join(topic.words)} |"
        )


def planted(count: int) -> None:
    """B-cubed, people counted right, time and memory on made-up reports."""
    reports, event_of = data.invented(count)
    began, worked = time.perf_counter(), time.process_time()
    topics = find_topics(reports)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    # Of the whole process: the interpreter, the reports and all that came before.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    group_of = {member: at for at, topic in enumerate(topics) for member in topic.members}
    precision, recall = scores.b_cubed(group_of, event_of)
    right, whole = _counted(reports, event_of, topics)
    number = len({event for event in event_of.values() if event >= 0})
    print(
        f"\n{count} planted reports: {seconds:.1f} s, of processor {worked:.1f} s, at most"
        f" {memory} MB; B-cubed precision {precision:.4f} recall {recall:.4f}; of {number} events"
        f" {whole} found without a report more or less, people counted right in {right} of them"
    )


def _counted(
    reports: list[TopicReport], event_of: dict[int, int], topics: list[Topic]
) -> tuple[int, int]:
    members: dict[int, set[int]] = {}
    people: dict[int, set[str]] = {}
    for report in reports:
        event = event_of[report.id]
        members.setdefault(event, set()).add(report.id)
        people.setdefault(event, set()).add(report.person)
    whole = [
        (topic.people, len(people[event_of[topic.members[0]]]))
        for topic in topics
        if set(topic.members) == members[event_of[topic.members[0]]]
    ]
    return sum(ours == true for ours, true in whole), len(whole)


def main() -> None:
    """Run both, or the large one alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--scale", action="store_true")
    options = parser.parse_args()
    if options.scale:
        planted(SCALE)
        return
    if data.TIMED.exists():
        events(table=options.table)
    else:
        print("events skipped: ../shared/data/messages/timed.csv.gz is not here")
    planted(options.count)


if __name__ == "__main__":
    main()
