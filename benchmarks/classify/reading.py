"""The real messages: read where they lie, never copied."""

import csv
import gzip
from pathlib import Path

from gezhi.methods.classify.train import Example

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MESSAGES = DATA / "messages" / "labelled.csv.gz"
HOTLINE = DATA / "hotline" / "fuzhou_12345_rivers.csv.gz"


def messages() -> list[Example]:
    """7,338 messages to a city's platform with one of seven labels; none where absent."""
    return [Example(row["subject"], row["detail"], row["label"]) for row in _rows(MESSAGES)]


def kinds() -> list[Example]:
    """1,464 requests about urban rivers with the kind their hotline gave them."""
    return [
        Example(row["标题"], row["投诉件内容"], row["性质"])
        for row in _rows(HOTLINE)
        if row["性质"].strip()
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
