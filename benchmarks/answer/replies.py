"""The real message–reply pairs, read once; absent data is said, not hidden."""

import csv
import gzip
import pathlib
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

DATA = pathlib.Path("../shared/data/messages/replied.csv.gz")
HERE = pathlib.Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pair:
    """A message and what was answered; moments are days since 1970."""

    number: int
    message: str
    answer: str
    asked: float
    answered: float


def _days(text: str) -> float:
    year, month, day, *time = (int(part) for part in re.findall(r"\d+", text)[:6])
    hour, minute, second = [*time, 0, 0, 0][:3]
    moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return moment.timestamp() / 86_400.0


def pairs() -> list[Pair]:
    """All pairs in the order they were asked; ends the program plainly where data is absent."""
    if not DATA.exists():
        print(f"没有 {DATA}：跳过。真实数据不在仓库里。")
        sys.exit(0)
    with gzip.open(DATA, "rt", encoding="utf-8") as stream:
        found = {
            int(row["number"]): Pair(
                int(row["number"]),
                row["subject"] + "。\n" + row["detail"],
                # Whoever published the data put this address where numbers with points stood.
                row["reply"].replace("https://baidu.com/", ""),
                _days(row["time"]),
                _days(row["reply_time"]),
            )
            for row in csv.DictReader(stream)
        }
    return sorted(found.values(), key=lambda pair: (pair.asked, pair.number))
