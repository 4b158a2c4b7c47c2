"""The one spelling of an address, from its parts."""

from gezhi.methods.locate.answers import Parsed


def words_of(parsed: Parsed) -> str:
    """The parts as an address that `locate` reads as the same parts again.

    Road and number come first, then compound, 期, 区, 组团, 栋, 单元, 楼, 室; a village's group is
    written 组. What is beside stays beside.
    """
    group = ""
    if parsed.group:
        group = f"{parsed.group}{'组团' if parsed.building else '组'}"
    parts = (
        parsed.road,
        parsed.house_number and f"{parsed.house_number}号",
        parsed.compound,
        parsed.phase and f"{parsed.phase}期",
        parsed.area and f"{parsed.area}区",
        group,
        parsed.building and f"{parsed.building}栋",
        parsed.stairwell and f"{parsed.stairwell}单元",
        parsed.floor and f"{parsed.floor}楼",
        parsed.room and f"{parsed.room}室",
        parsed.beside,
    )
    return "".join(parts)
