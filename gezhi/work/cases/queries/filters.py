"""What a list of cases may be narrowed by, and as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gezhi.kernel.ids import typed_id

# What a list of cases that no community is known of is narrowed by.
IN_NO_COMMUNITY = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list may be narrowed by; empty is no narrowing."""

    class_code: str = ""
    community_id: int | None = None
    in_no_community: bool = False
    holder_id: int | None = None
    light: str = ""
    words: str = ""
    days: int | None = None


def kept(parameters: Mapping[str, str]) -> Filters:
    """Filters from a query string; what is not understood is left out."""

    def whole(name: str) -> int | None:
        return typed_id(parameters.get(name, ""))

    return Filters(
        class_code=parameters.get("class", "")[:40],
        community_id=whole("community"),
        in_no_community=parameters.get("community") == IN_NO_COMMUNITY,
        holder_id=whole("holder"),
        light=parameters.get("light", "")[:10],
        words=parameters.get("q", "")[:60],
        days=min(whole("days") or 0, 3650) or None,
    )
