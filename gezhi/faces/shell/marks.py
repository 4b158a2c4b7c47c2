"""The small marks inside a line: icon, light, badge, time. Each is a tag and a plain function."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import moments
from gezhi.faces.shell.icons import ICONS
from gezhi.faces.shell.markup import drawn
from gezhi.kernel import clock

LIGHTS = {
    "green": ("done", gettext_lazy("按时")),
    "yellow": ("clock", gettext_lazy("快到期")),
    "red": ("late", gettext_lazy("已超期")),
    "none": ("clock", ""),
    "paused": ("pause", gettext_lazy("暂停计时")),
}
# Staff words for the states of a case (design §3); residents read sentences instead.
STATES = {
    "reported": ("open", gettext_lazy("待受理")),
    "verifying": ("open", gettext_lazy("核实中")),
    "accepted": ("open", gettext_lazy("待派单")),
    "dispatched": ("open", gettext_lazy("待接单")),
    "handling": ("open", gettext_lazy("办理中")),
    "checking": ("open", gettext_lazy("待核查")),
    "closing": ("open", gettext_lazy("待结案")),
    "closed": ("done", gettext_lazy("已结案")),
    "archived": ("plain", gettext_lazy("已归档")),
    "rejected": ("plain", gettext_lazy("不予受理")),
    "merged": ("plain", gettext_lazy("已合并")),
}


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the one set; with `label` it is read aloud, without it is decoration.

    Refuses a name the set does not have (KeyError): a missing icon is a fault of the page.
    """
    if not label:
        return _decoration(name)
    return drawn(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" role="img"'
        ' aria-label="{}">{}</svg>',
        label,
        SafeString(ICONS[name]),
    )


@cache
def _decoration(name: str) -> SafeString:
    # The drawings are constants of this package, never input.
    return drawn(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">{}</svg>',
        SafeString(ICONS[name]),
    )


def light(color: str, text: str = "") -> SafeString:
    """A light of time and risk, always with icon and word: green, yellow, red, none or paused."""
    sign, word = LIGHTS[color]
    return drawn(
        '<span class="light light-{}">{}<span>{}</span></span>', color, icon(sign), text or word
    )


def due(
    moment: datetime | None, color: str = "", text: str = "", soon_hours: int = 4
) -> SafeString:
    """The light of a due time: "还剩 3 小时" or "已超 2 小时", the exact moment on hover.

    A caller who counts in working time passes `color` and `text` ready; else calendar time rules
    and amber begins `soon_hours` before the end.
    """
    if moment is None:
        return mark_safe("")
    color = color or moments.light_of(moment, timedelta(hours=soon_hours))
    words = text or moments.remaining(moment)
    title = _("本环节时限：%(moment)s") % {"moment": moments.exact(moment)}
    return light(color, _timed(moment, title, words))


def _timed(moment: datetime, title: str, words: str) -> SafeString:
    """Words for a moment, the exact one for machines and `title` on hover."""
    return drawn(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        title,
        words,
    )


def state_word(state: str) -> str:
    """What staff call a state."""
    return str(STATES[state][1]) if state in STATES else state


def badge(state: str, text: str = "", kind: str = "", sign: str = "") -> SafeString:
    """The badge of a case's state in staff words, or of anything else with `text` and `kind`.

    `kind` is plain, open, done, warn, late or line; a known state brings its own. `sign` is an icon.
    """
    own_kind, own_text = STATES.get(state, ("plain", state))
    return drawn(
        '<span class="badge badge-{}">{}{}</span>',
        kind or own_kind,
        icon(sign) if sign else "",
        text or own_text,
    )


def paper_time(moment: datetime | None) -> SafeString | str:
    """The moment as a paper states it, "2026-11-22 10:00" in China; a line may end between day and
    clock and nowhere else. "" for none."""
    if moment is None:
        return ""
    wall = clock.local(moment)
    return _on_paper(f"{wall:%Y-%m-%d}", f"{wall:%H:%M}")


def paper_until(moment: datetime | None) -> SafeString | str:
    """The end of a limit as a paper states it, "2026-11-22 24:00" at midnight; "" for none."""
    if moment is None:
        return ""
    return _on_paper(*moments.paper_until(moment))


def _on_paper(day: str, at: str) -> SafeString:
    return drawn('<time class="paper-time"><span>{}</span> <span>{}</span></time>', day, at)


def people_until(moment: datetime | None) -> SafeString:
    """`{{ due|people_until }}`: the end of a limit, "今天 24:00" at midnight; else as people_time."""
    if moment is None:
        return mark_safe("—")
    return _timed(moment, moments.exact(moment), moments.until(moment))


def people_time(moment: datetime | None) -> SafeString:
    """The moment in people's words, `{{ moment|people_time }}`: "今天 15:20" in a <time>, the exact moment on hover or tap."""
    if moment is None:
        return mark_safe("—")
    return _timed(moment, moments.exact(moment), moments.spoken(moment))


def time_left(moment: datetime | None) -> str:
    """`{{ due|time_left }}`: "还剩 3 小时" or "已超 2 小时", by the calendar."""
    return "" if moment is None else moments.remaining(moment)


def in_one_line(sentences: Iterable[object]) -> str:
    """`{{ field.errors|in_one_line }}`: several sentences in a row, each ended where it ends."""
    line = ""
    for sentence in map(str, sentences):
        line += (_("；") if line and line[-1] not in "。！？.!?" else "") + sentence
    return line


def span_words(length: timedelta | None) -> str:
    """`{{ length|span_words }}`: "2 天 3 小时"; "—" for None."""
    return "—" if length is None else moments.span(length)
