"""One line of a list, drawn without a template: a list draws thirty, and an included template each
time took as long as all statements of the page together.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.marks import badge, due, icon, people_time
from gezhi.faces.shell.markup import drawn, joined
from gezhi.faces.shell.parts import Tag

_NOTHING = mark_safe("")
_GROUP = gettext_lazy("发群的话")


def tags(words: Iterable[Tag]) -> SafeString:
    """What sets a case apart, as badges in a line; the same on every page: see `shell/tags.py`."""
    return joined(badge("", one.words, one.kind, one.icon) for one in words)


def row(
    title: str,
    url: str,
    place: str = "",
    kind: str = "",
    held_by: str = "",
    at: datetime | None = None,
    due_at: datetime | None = None,
    light_color: str = "",
    light_words: str = "",
    side: str = "",
    state: str = "",
    badges: Iterable[Tag] = (),
    current: bool = False,
    target: str = "",
    beside: bool = False,
) -> SafeString:
    """One line of a list that opens a thing, inside `<ul class="rows" data-rows><li>`.

    `due_at` draws a light (`light_color` and `light_words` where working time counts), else `side`
    stands there; `badges` are `parts.Tag`; with `target` htmx swaps the answer into it; `beside`
    leaves room for a `group_link` after it.
    """
    swap = (
        drawn(' hx-get="{}" hx-target="{}" hx-push-url="true"', url, target) if target else _NOTHING
    )
    spoken = (
        badge(state) if state else _NOTHING,
        drawn("<span>{}</span>", place) if place else _NOTHING,
        drawn("<span>{}</span>", kind) if kind else _NOTHING,
        drawn("<span>{}</span>", held_by) if held_by else _NOTHING,
        drawn("<span>{}</span>", people_time(at)) if at else _NOTHING,
    )
    return drawn(
        '<a class="row{}" href="{}"{}{}><span class="row-title">{}</span>{}'
        '<span class="row-meta dots{}">{}{}{}{}{}</span><span class="row-side">{}</span></a>',
        " beside" if beside else "",
        url,
        mark_safe(' aria-current="true"') if current else _NOTHING,
        swap,
        title,
        drawn('<span class="row-tags">{}</span>', tags(badges)) if badges else _NOTHING,
        " long" if held_by else "",
        *spoken,
        due(due_at, light_color, light_words) if due_at else side,
    )


def group_link(url: str) -> SafeString:
    """Beside a line of something to be done: the way to the words of it for a group chat."""
    return drawn(
        '<a class="row-group" href="{}" title="{}">{}<span class="unseen">{}</span></a>',
        url,
        _GROUP,
        icon("share"),
        _GROUP,
    )
