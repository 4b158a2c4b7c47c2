"""Addresses as people write them, with the truth: written before the parser, and apart from it.

What is drawn: a place of the register, how much of it is said, a format, and noise at the rates of
the goal. Digits are never slipped (another number is another, perfectly good address); nor is a
slip kept that makes another registered name of the one meant, since the text then says that one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.locate.manners import TAILS, Format, Manner
from benchmarks.locate.register import Home, Register
from benchmarks.locate.spelling import (
    chinese,
    common_signs,
    counts,
    numeral,
    shortened,
    sound_of,
    sounding,
    spelled,
)

RATES: Final = {
    "typo": 0.03,
    "homophone": 0.03,
    "alias": 0.10,
    "no_unit": 0.15,
    "swapped": 0.05,
    "extra": 0.20,
}

# What is drawn so that these rates come out: not every place can carry every noise (a compound
# has no unit to leave out, a site no nickname).
_DRAWN: Final = {
    "typo": 0.034,
    "homophone": 0.034,
    "alias": 0.14,
    "no_unit": 0.22,
    "swapped": 0.058,
    "extra": 0.185,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what it says.

    `truth` is the deepest place the text determines, 0 for none: then `among` are the places it
    may mean (two of one name), empty for one outside the register. `path` is the truth with all
    above it. `hurt`: the parts a slip fell on, so that losing them is no fault.
    """

    text: str
    truth: int
    path: tuple[int, ...]
    among: frozenset[int]
    noise: frozenset[str]
    hurt: frozenset[str]
    said: str
    beside: bool = False


@dataclass(slots=True)
class _Piece:
    role: str
    text: str


@dataclass
class Generator:
    """Draws cases from a register in one manner; the same seed draws the same cases."""

    register: Register
    manner: Manner
    seed: int
    rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.named: dict[str, set[int]] = defaultdict(set)
        for row in self.register.rows:
            if row.kind in {"compound", "facility", "road"}:
                self.named[row.name].add(row.id)
        for place, others in self.register.nicknames.items():
            for other in others:
                self.named[other].add(place)
        self.parents = {row.id: row.parent for row in self.register.rows}
        self.by_room: dict[tuple[int, str], list[Home]] = defaultdict(list)
        self.by_compound: dict[int, list[Home]] = defaultdict(list)
        for home in self.register.homes:
            self.by_room[home.building_row, home.room].append(home)
            self.by_compound[home.compound].append(home)
        self.shorts: dict[str, set[int]] = defaultdict(set)
        for compound, homes in self.by_compound.items():
            short = shortened(homes[0].name)
            if short:
                self.shorts[short].add(compound)

    def cases(self, count: int) -> Iterator[Case]:
        """So many cases, noise coming out at the rates of `RATES`, each kind drawn by itself."""
        for _number in range(count):
            yield self.case(frozenset(kind for kind, rate in _DRAWN.items() if self._chance(rate)))

    def case(self, noise: frozenset[str]) -> Case:
        """One case with just this noise, as far as its place can carry it."""
        kind = self.rng.random()
        if kind < 0.03:
            return self._site()
        if kind < 0.05:
            return self._stranger(noise)
        while True:
            home = self.register.homes[int(self.rng.integers(len(self.register.homes)))]
            case = self._village(home) if home.village else self._home(home, noise)
            if case:
                return case

    # ---- what is said of a place

    def _home(self, home: Home, noise: frozenset[str]) -> Case | None:
        said = self._depth(home)
        kept = set(noise)
        if "no_unit" in kept and (said != "dwelling" or not home.stairwell):
            kept.discard("no_unit")
        style = self.manner.formats[int(self.rng.integers(len(self.manner.formats)))]
        name = self._name(home, kept)
        pieces = [_Piece("name", name)]
        pieces += self._tail(home, said, style, without="stairwell" if "no_unit" in kept else "")
        hurt = self._slips(pieces, kept, home)
        if hurt is None:
            return None
        door = self._chance(0.12)
        if door:
            pieces.insert(0, _Piece("door", f"{home.road}{home.number}号"))
        if "swapped" in kept:
            pieces = self._swapped(pieces)
        beside = said in {"compound", "building"} and self._chance(0.15)
        text = style.gap.join(piece.text for piece in pieces).rstrip("-/—.")
        text += self._pick(self.manner.beside) if beside else ""
        if style.wide:
            text = text.translate({number: number + 0xFEE0 for number in range(0x21, 0x7F)})
        meant = self._meant(home, said, "no_unit" in kept, kept, door, name)
        return self._case(self._dressed(text, kept), meant, kept, hurt, said, beside)

    def _depth(self, home: Home) -> str:
        draw = self.rng.random()
        if draw < 0.78:
            return "dwelling"
        if draw < 0.84 and home.stairwell:
            return "floor"
        if draw < 0.95:
            return "building"
        return "compound"

    def _tail(self, home: Home, said: str, style: Format, *, without: str) -> list[_Piece]:
        if said == "compound":
            return []
        pieces = self._blocks(home, style)
        pieces.append(_Piece("building", self._building(home, style)))
        if said == "building":
            if pieces[-1].text.rstrip("-/—.")[-1:].isdigit():
                pieces[-1].text = pieces[-1].text.rstrip("-/—.") + "栋"
            return pieces
        if home.stairwell and without != "stairwell":
            number = numeral(home.stairwell, style)
            pieces.append(_Piece("stairwell", style.stairwell.format(number)))
        if said == "floor":
            label = pieces[-1].text.rstrip("-/—.#")
            pieces[-1].text = label if "单元" in label or "门" in label else f"{label}单元"
            pieces.append(_Piece("floor", f"{numeral(str(home.floor), style)}楼"))
            return pieces
        return pieces + self._room(home, style)

    def _blocks(self, home: Home, style: Format) -> list[_Piece]:
        pieces = []
        if home.phase:
            pieces.append(_Piece("phase", f"{'零一二三'[int(home.phase)]}期"))
            if self._chance(0.4):
                pieces[-1].text = f"{home.phase}期"
        if home.area:
            pieces.append(_Piece("area", f"{home.area.lower() if style.lower else home.area}区"))
        if home.group:
            pieces.append(_Piece("group", f"{numeral(home.group, style)}组团"))
        return pieces

    def _building(self, home: Home, style: Format) -> str:
        label = home.building
        if label.isdigit():
            return style.building.format(numeral(label, style))
        label = label.lower() if style.lower else label
        sign = style.building
        if label[-1].isalpha():
            # Nobody writes B#楼 or 第B栋; a lettered building is 座 or 栋.
            return f"{label}座" if self._chance(0.5) else f"{label}栋"
        return sign.format(label)

    def _room(self, home: Home, style: Format) -> list[_Piece]:
        if style.floor and home.door.isdigit():
            door = home.door if self._chance(0.5) else str(int(home.door))
            floor = style.floor.format(numeral(str(home.floor), style))
            shown = spelled(door, style) if door.startswith("0") else numeral(door, style)
            if style.room.startswith("-"):
                shown = home.door
            return [_Piece("room", floor + style.room.format(shown))]
        room = style.room.removeprefix("-").format(spelled(home.room, style))
        return [_Piece("room", room)]

    def _name(self, home: Home, kept: set[str]) -> str:
        """What the compound is called here; a nickname that was learnt, or the name cut short."""
        if "alias" not in kept:
            return home.name
        nicknames = self.register.nicknames.get(home.compound, ())
        if nicknames:
            return self._pick(nicknames)
        short = shortened(home.name)
        if short and short not in self.named:
            return short
        kept.discard("alias")
        return home.name

    def _meant(
        self, home: Home, said: str, no_unit: bool, kept: set[str], door: bool, name: str
    ) -> tuple[int, frozenset[int]]:
        """The deepest place the text determines, or 0 and what it may mean."""
        called = self.named.get(name) or (self.shorts[name] if "alias" in kept else set())
        if len(called) > 1 and not door:
            fits = [one for one in called if self._fits(one, home, said)]
            if len(fits) > 1:
                return 0, frozenset(fits)
        if said == "compound":
            return home.compound, frozenset()
        if said == "building":
            return home.building_row, frozenset()
        if said == "floor":
            return home.stairwell_row or home.building_row, frozenset()
        if no_unit and len(self.by_room[home.building_row, home.room]) > 1:
            return home.building_row, frozenset()
        return home.room_row, frozenset()

    def _fits(self, compound: int, home: Home, said: str) -> bool:
        """Whether this compound, too, has everything that is said."""
        if said == "compound":
            return True
        for other in self.by_compound[compound]:
            same = (other.phase, other.area, other.group, other.building)
            if same != (home.phase, home.area, home.group, home.building):
                continue
            if said == "building" or (said == "floor" and other.stairwell == home.stairwell):
                return True
            if other.room == home.room and (
                other.stairwell == home.stairwell or not home.stairwell
            ):
                return True
        return False

    # ---- places that are no homes

    def _village(self, home: Home) -> Case | None:
        group = home.building if self._chance(0.5) else chinese(int(home.building))
        words = f"{home.name}{group}组"
        if self._chance(0.2):
            meant = home.building_row
        else:
            words += f"{home.room}号"
            meant = home.room_row
        return self._case(words, (meant, frozenset()), set(), set(), "village", False)

    def _site(self) -> Case:
        site = self.register.sites[int(self.rng.integers(len(self.register.sites)))]
        beside = self._chance(0.4)
        words = site.name + (self._pick(self.manner.beside) if beside else "")
        text = self._dressed(words, {"extra"})
        return self._case(text, (site.id, frozenset()), {"extra"}, set(), "site", beside)

    def _stranger(self, noise: frozenset[str]) -> Case:
        """A compound the register does not hold, as like to its names as invented names are."""
        while True:
            homes = self.register.homes
            one, other = (homes[int(self.rng.integers(len(homes)))] for _twice in range(2))
            name = shortened(one.name)[:3] + self._pick(TAILS)
            if name not in self.named and not other.village and len(name) > 3:
                break
        style = self.manner.formats[int(self.rng.integers(len(self.manner.formats)))]
        tail = self._tail(other, "dwelling", style, without="")
        text = style.gap.join([name, *(piece.text for piece in tail)])
        kept = set(noise & {"extra"})
        return self._case(
            self._dressed(text, kept), (0, frozenset()), kept, set(), "stranger", False
        )

    # ---- noise

    def _slips(self, pieces: list[_Piece], kept: set[str], home: Home) -> set[str] | None:
        """Typos and homophones; None when the slip made another registered name."""
        hurt: set[str] = set()
        for kind in ("typo", "homophone"):
            if kind not in kept:
                continue
            place = self._slip_suffix if self._chance(0.3) else self._slip_name
            where = place(pieces, kind)
            if not where:
                where = self._slip_name(pieces, kind)
            if not where:
                kept.discard(kind)
            hurt |= {where} - {""}
        name = pieces[0].text
        known = name in self.named or name in self.shorts
        other = name != home.name and home.compound not in self.named.get(name, {0})
        return None if hurt and known and other else hurt

    def _slip_suffix(self, pieces: list[_Piece], kind: str) -> str:
        slips = self.manner.suffix_slips if kind == "typo" else self.manner.suffix_sounds
        for number in self.rng.permutation(len(slips)).tolist():
            right, wrong = slips[number]
            for piece in pieces[1:]:
                if right in piece.text:
                    piece.text = piece.text.replace(right, wrong, 1)
                    return piece.role
        return ""

    def _slip_name(self, pieces: list[_Piece], kind: str) -> str:
        name = pieces[0].text
        slipped = self._typo(name) if kind == "typo" else self._homophone(name)
        pieces[0].text = slipped
        return "name" if slipped != name else ""

    def _typo(self, name: str) -> str:
        signs = [place for place, sign in enumerate(name) if not counts(sign)]
        at = signs[int(self.rng.integers(len(signs)))]
        draw = self.rng.random()
        if draw < 0.35:
            for pair in self.manner.shapes:
                if pair[0] in name and pair[0] != pair[1]:
                    return name.replace(pair[0], pair[1], 1)
        if draw < 0.6:
            wrong = common_signs()[
                int(self.rng.integers(len(common_signs()))) // 2 * 2 + self.manner.parity
            ]
            return name[:at] + wrong + name[at + 1 :]
        if draw < 0.75 and len(name) > 3:
            return name[:at] + name[at + 1 :]
        if draw < 0.9:
            return name[:at] + name[at] + name[at:]
        at = min(at, len(name) - 2)
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]

    def _homophone(self, name: str) -> str:
        for at in self.rng.permutation(len(name)).tolist():
            if counts(name[at]):
                continue
            others = sounding(sound_of(name[at], blurred=False), self.manner.parity, blurred=False)
            if self.manner.blurred and self._chance(0.3):
                sound = sound_of(name[at], blurred=True)
                others = sounding(sound, self.manner.parity, blurred=True)
            others = tuple(other for other in others if other != name[at])
            if others:
                return name[:at] + self._pick(others) + name[at + 1 :]
        return name

    def _swapped(self, pieces: Sequence[_Piece]) -> list[_Piece]:
        order = self._pick(self.manner.orders)
        tail = [p for p in pieces if p.role not in {"name", "door"}]
        head = [p for p in pieces if p.role in {"name", "door"}]
        # Parts out of order must each say what they are.
        for piece in tail:
            piece.text = _named(piece)
        if order == "tail_first":
            return tail + head
        if order == "room_first" and tail and tail[-1].role == "room":
            return [tail[-1], *head, *tail[:-1]]
        if order == "reversed":
            return [*head, *reversed(tail)]
        buildings = [p for p in tail if p.role == "building"]
        units = [p for p in tail if p.role == "stairwell"]
        rest = [p for p in tail if p.role == "room" or p.role == "floor"]
        blocks = [p for p in tail if p.role in {"phase", "area", "group"}]
        return head + units + blocks + buildings + rest

    def _dressed(self, text: str, kept: set[str]) -> str:
        if self._chance(0.25):
            text = self._pick(self.manner.prefixes) + text
        if "extra" in kept:
            draw = self.rng.random()
            if draw < 0.65:
                text = self._pick(self.manner.before) + text
            if draw > 0.35:
                text += self._pick(self.manner.after)
        return text

    # ---- small things

    def _case(
        self,
        text: str,
        meant: tuple[int, frozenset[int]],
        kept: set[str],
        hurt: set[str],
        said: str,
        beside: bool,
    ) -> Case:
        truth, among = meant
        path = []
        place: int | None = truth or None
        while place:
            path.append(place)
            place = self.parents[place]
        return Case(text, truth, tuple(path), among, frozenset(kept), frozenset(hurt), said, beside)

    def _chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[int(self.rng.integers(len(choices)))]


def _named(piece: _Piece) -> str:
    text = piece.text.strip("-/—. ")
    if text[-1:].isdigit():
        suffix = {"building": "栋", "stairwell": "单元", "room": "室", "floor": "楼"}
        text += suffix.get(piece.role, "")
    return text
