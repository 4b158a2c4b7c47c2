"""The city's types as a pack of matters: a family a type, in it a class for each limit it has."""

import csv
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from benchmarks.requests_311.reading import Request

VERSION = "boston-2011h2"
_HEAD = f"""name = "matters"
version = "{VERSION}"
title = "波士顿 311 的类别和时限"
source = "City of Boston open data, service requests of the second half of 2011, PDDL"
license = "PDDL"

[[tables]]
file = "matters.csv"
dictionary = "matters"
"""
_COLUMNS = ("code", "name", "parent", "family", "intake", "limit_value", "limit_unit", "keywords")

Class = tuple[str, timedelta]


def classes_of(requests: Iterable[Request]) -> dict[Class, str]:
    """The code of each type and limit, in the order of their names; the family is the code without
    its last part."""
    found = sorted({(request.type, request.limit) for request in requests})
    types = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in found))}
    return {
        (name, limit): f"{_family(types[name])}.{int(limit.total_seconds())}"
        for name, limit in found
    }


def _family(number: int) -> str:
    return f"b311-{number:03d}"


def write_pack(folder: Path, classes: dict[Class, str]) -> Path:
    """Write the pack that `gezhi pack import` takes; answers its folder."""
    home = folder / "matters"
    home.mkdir(parents=True, exist_ok=True)
    (home / "pack.toml").write_text(_HEAD, encoding="utf-8")
    with (home / "matters.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, restval="")
        writer.writeheader()
        families = {code.split(".")[0]: name for (name, _limit), code in classes.items()}
        for code, name in families.items():
            writer.writerow({"code": code, "name": name, "family": code, "intake": "street"})
        for (name, limit), code in classes.items():
            hours = limit.total_seconds() / 3600
            writer.writerow(
                {
                    "code": code,
                    "name": f"{name}, {hours:.4g} h"[:100],
                    "parent": code.split(".")[0],
                    "family": code.split(".")[0],
                    "intake": "street",
                    "limit_value": repr(hours),
                    "limit_unit": "urgent_hours",
                }
            )
    return home
