"""The timed messages and the events marked in them by reading; reports made up for scale."""

import csv
import datetime
import gzip
import pathlib
import random
import re
from collections.abc import Iterator

from gezhi.methods.resemble.topics import TopicReport

HERE = pathlib.Path(__file__).resolve()
TIMED = HERE.parents[3] / "shared" / "data" / "messages" / "timed.csv.gz"
FILLERS = HERE.parents[2] / "packs" / "fillers" / "fillers.csv"
NAMED = ("丽发新城搅拌站", "伊景园滨河苑捆绑车位", "魅力之城油烟夜宵", "58车贷案件进展")
# Bars were chosen on these; the others were only measured.
TUNED_ON = (
    "丽发新城搅拌站",
    "伊景园滨河苑捆绑车位",
    "泉星公园规划建设",
    "月亮岛路高压线",
    "中海国际空地夜间施工",
    "凯乐国际城太平路庆和里路",
)


def messages() -> list[TopicReport]:
    """The 4,326 messages, the subject as first line. Needs ../shared/data."""
    with gzip.open(TIMED, "rt", encoding="utf-8") as file:
        return [
            TopicReport(
                id=int(row["number"]),
                text=row["subject"].strip() + "\n" + row["detail"].strip(),
                person=row["user"],
                moment=_days(row["time"]),
                support=int(row["for"]),
                against=int(row["against"]),
            )
            for row in csv.DictReader(file)
        ]


def fillers() -> list[str]:
    """Words that are said of any case, as the shipped pack has them."""
    with FILLERS.open(encoding="utf-8") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _days(written: str) -> float:
    year, month, day, hour, minute, second = map(int, re.findall(r"\d+", written)[:6])
    moment = datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC)
    return moment.timestamp() / 86_400


def marked() -> dict[str, set[int]]:
    """Message numbers of each event, marked by reading before the method was written."""
    events: dict[str, set[int]] = {}
    with (HERE.parent / "marked.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            events.setdefault(row["event"], set()).add(int(row["number"]))
    return events


def invented(count: int, seed: int = 0) -> tuple[list[TopicReport], dict[int, int]]:
    """So many reports of about 150 signs in 30 days, and which event each is of (-1: none).

    A tenth are of events of 5 to 60 people (some of whom speak twice); the rest each of a place and
    a cause of its own. Words are drawn from 3,000 made-up ones by Zipf's law.
    """
    chance = random.Random(seed)
    letters = [chr(0x4E00 + number) for number in chance.sample(range(6_000), 900)]
    words = ["".join(chance.choices(letters, k=2)) for _ in range(3_000)]
    shares = [1 / (rank + 3) for rank in range(len(words))]
    reports: list[TopicReport] = []
    event_of: dict[int, int] = {}
    for number, size in enumerate(_sizes(chance, count)):
        place = "".join(chance.choices(letters, k=3)) + chance.choice("苑路街村")
        cause = chance.choices(words[200:], k=6)
        start = chance.uniform(0, 25)
        for report in range(size):
            who = f"{number}-{report if report % 5 else 0}"
            said = chance.choices(words, shares, k=60) + chance.choices(cause, k=9)
            chance.shuffle(said)
            head = place + "".join(chance.sample(cause, 2))
            text = f"{head}\n{place}{'，'.join(said)}"
            event_of[len(reports)] = number if size > 1 else -1
            reports.append(TopicReport(len(reports), text, who, start + chance.uniform(0, 5)))
    return reports, event_of


def _sizes(chance: random.Random, count: int) -> Iterator[int]:
    left = count // 10
    while left > 0:
        size = min(chance.randint(5, 60), left)
        left -= size
        yield size
    yield from [1] * (count - count // 10)
