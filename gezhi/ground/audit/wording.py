"""What the trail says, in words. The trail holds codes; each module and each room of a face
registers the words of those it writes, so that a new one changes no file of another.

A code without words is shown as it is; a test finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from django.utils.functional import Promise

Words: TypeAlias = "str | Promise"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Family(NamedTuple):
    """The verbs of one beginning, as the trail is filtered for them; `order` is its place there."""

    order: int
    name: Words


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one module or room, each by its code.

    `families` are the beginnings of verbs ("accounts"), `verbs` what was done ("accounts.log_in"),
    `kinds` to what kind of thing, `systems` which task or command did it, `details` the particulars
    that are read, `codes` what a particular may be. `tasks` (by their path) and `loops` say what the
    background does for the module, for the page of what failed there.
    """

    families: Mapping[str, Family] = field(default_factory=lambda: _NOTHING)
    verbs: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)
    kinds: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)
    systems: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)
    details: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)
    codes: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)
    tasks: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)
    loops: Mapping[str, Words] = field(default_factory=lambda: _NOTHING)


_registered: dict[str, Wording] = {}


def register(name: str, wording: Wording) -> None:
    """Add the words of a module or room; the same name again takes the place of the first."""
    _registered[name] = wording
    known.cache_clear()


def registered() -> Mapping[str, Wording]:
    """All that was registered, by who did."""
    return MappingProxyType(_registered)


@cache
def known() -> Wording:
    """All words together; families in their order. Two may register a code they both write."""
    together: dict[str, dict[str, Any]] = {one.name: {} for one in fields(Wording)}
    for wording in _registered.values():
        for name, words in together.items():
            words.update(getattr(wording, name))
    families = together.pop("families")
    ordered = dict(sorted(families.items(), key=lambda one: one[1].order))
    return Wording(families=ordered, **together)
