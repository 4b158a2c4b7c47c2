"""What the numbered parts of an address mean.

Parts with their word may stand in any order; numbers without one are taken by their place in the
row (building, unit, room). Where two readings are possible both are given: the register decides.
"""

from typing import Final, NamedTuple

from gezhi.methods.locate.grammar import Token
from gezhi.methods.locate.signs import bare


class Parts(NamedTuple):
    """What is said below a compound; `house` is a number that may be a building's or a door's.

    `door` is the door of a floor, `room` floor and door together.
    """

    phase: str = ""
    area: str = ""
    group: str = ""
    building: str = ""
    stairwell: str = ""
    floor: str = ""
    door: str = ""
    room: str = ""
    house: str = ""

    @property
    def is_talk(self) -> bool:
        """Whether nothing is said, or a floor without its house (一楼商铺)."""
        return not (
            self.building or self.room or self.stairwell or self.house
            or self.group or self.area or self.phase or self.door
        )  # fmt: skip


NOTHING: Final = Parts()


# Roles that mean the same wherever they stand; a floor may be a building, 号 and # anything.
_PLAIN: Final = frozenset({"phase", "area", "group", "building", "stairwell", "room"})
_BELOW: Final = frozenset({"stairwell", "room", "floor"})
_AS_WRITTEN: Final = frozenset({"room", "door"})


def readings(tokens: list[Token]) -> list[Parts]:
    """What the parts may mean, likeliest first.

    Where a part is said twice (3栋、5栋; 301、302) what stands before it is read, and no more.
    """
    slots: dict[str, str] = {}
    loose: list[str] = []
    roles = [token.role for token in tokens]
    for place, token in enumerate(tokens):
        role = token.role
        if role not in _PLAIN:
            role = roles[place] = _role(token, slots, roles[place + 1 :], loose)
        if not role:
            loose.append(token.number)
            continue
        later = roles[place + 1 :]
        if role in _BELOW and not _fitted(token, role, slots, loose, later):
            # A floor after the door is talk about the house: 2-03一楼商铺.
            break
        if role not in slots:
            slots[role] = token.number if role in _AS_WRITTEN else bare(token.number)
        elif slots[role] not in {token.number, bare(token.number)}:
            return readings(tokens[: roles.index(role)])
    placed = _placed(slots, loose) if loose else [slots]
    if not placed:
        return readings(tokens[:-1])
    return [floored(Parts(**found)) for found in placed]


def _fitted(
    token: Token, role: str, slots: dict[str, str], loose: list[str], later: list[str]
) -> bool:
    """Put numbers without a word where the part after them shows they belong; False if the part
    cannot belong to the address any more."""
    if role == "floor" and token.joined:
        # 3-1-15楼04: building and unit stand before the floor.
        for slot in ("building", "stairwell"):
            if loose and slot not in slots:
                slots[slot] = bare(loose.pop(0))
    if role == "floor" and (loose or "room" in slots):
        return False
    if loose and "building" not in slots and "building" not in later:
        slots["building"] = bare(loose.pop(0))
    short = len(token.number) < 3 and token.number.isdigit()
    if role == "room" and token.joined and len(loose) == 1 and short:
        # 5-02室 is floor 5 and door 02.
        slots["floor"] = bare(loose.pop())
    return True


def _role(token: Token, slots: dict[str, str], later: list[str], loose: list[str]) -> str:
    """What this part counts, given what is known before and after it; "" for not yet known."""
    role = token.role
    if role == "floor" and not {"building", "stairwell"} & slots.keys():
        # In some cities 3楼2单元 is building 3.
        before_unit = "stairwell" in later and not {"building", "hash"} & set(later) and not loose
        return "building" if before_unit else "floor"
    if role == "house":
        return _house(token, slots, later, loose)
    if role in {"hash", "garbled"}:
        if "building" in later and "building" not in slots:
            return "stairwell" if "stairwell" not in slots else ""
        for slot in ("building", "stairwell", "room"):
            if slot not in slots:
                return slot if not loose else ""
        return ""
    return role


def _house(token: Token, slots: dict[str, str], later: list[str], loose: list[str]) -> str:
    """What a number before 号 counts."""
    if "floor" in slots:
        return "door"
    if "room" in later and "building" not in slots and not loose:
        return "building"
    if slots.keys() & {"stairwell", "building"} or loose:
        return "room"
    if "building" in later and len(token.number) > 2:
        # 102号2单元3栋 is said from the door outwards.
        return "room"
    return "building" if "stairwell" in later else "house"


def _placed(slots: dict[str, str], loose: list[str]) -> list[dict[str, str]]:
    """The slots with the numbers that had no word put where they may belong."""
    free: tuple[tuple[str, ...], ...]
    if "floor" in slots:
        free = (("door",),)
    elif "stairwell" in slots:
        free = (("room",), ("floor", "door"))
    elif "building" in slots:
        short = len(loose[0]) < 3
        free = (("stairwell",), ("room",)) if short else (("room",), ("stairwell",))
        free += (("stairwell", "room"), ("floor", "door"), ("stairwell", "floor", "door"))
    else:
        free = (("building",), ("room",)) if len(loose[0]) < 3 else (("room",), ("building",))
        free += (("building", "stairwell"),) if len(loose[-1]) < 3 else ()
        free += (("building", "room"), ("building", "stairwell", "room"))
        free += (("building", "stairwell", "floor", "door"), ("building", "floor", "door"))
    found = []
    for roles in free:
        if roles[-1] == "door" and len(roles) > 1 and len(loose[-1]) > 2:
            continue
        if len(roles) == len(loose) and not slots.keys() & set(roles):
            pairs = zip(roles, loose, strict=True)
            found.append(slots | {role: n if role in _AS_WRITTEN else bare(n) for role, n in pairs})
    return found


def floored(parts: Parts) -> Parts:
    """Floor 15 and door 04 are room 1504; a door that already names its floor is the room."""
    if not parts.floor:
        return parts
    if parts.door:
        if len(parts.door) > 2:
            return parts._replace(room=parts.door, door="")
        door = parts.door.zfill(2) if parts.door.isdigit() else parts.door
        return parts._replace(room=parts.floor + door, door="")
    if parts.room and len(parts.room) < 3:
        door = parts.room.zfill(2) if parts.room.isdigit() else parts.room
        return parts._replace(room=parts.floor + door)
    return parts
