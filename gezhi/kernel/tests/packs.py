"""The shipped packs, read with the standard library alone."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[3] / "packs"
NAMES = sorted(path.parent.name for path in HOME.glob("*/pack.toml"))


@cache
def head(pack: str) -> dict[str, Any]:
    """What `pack.toml` says."""
    return tomllib.loads((HOME / pack / "pack.toml").read_text("utf-8"))


@cache
def table(pack: str, file: str) -> tuple[dict[str, str], ...]:
    """The rows of one CSV file of a pack."""
    with (HOME / pack / file).open(encoding="utf-8", newline="") as opened:
        return tuple(csv.DictReader(opened, strict=True))


def dictionaries(pack: str) -> dict[str, tuple[dict[str, str], ...]]:
    """Rows of each dictionary of a pack."""
    return {entry["dictionary"]: table(pack, entry["file"]) for entry in head(pack)["tables"]}


def codes(pack: str, dictionary: str) -> list[str]:
    """The codes of a dictionary in their order."""
    return [row["code"] for row in dictionaries(pack)[dictionary]]
