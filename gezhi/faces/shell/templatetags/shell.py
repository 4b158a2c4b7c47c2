"""The parts of every page as tags: `{% load shell %}`.

Each tag draws one part from `templates/shell/parts/`; the gallery at /shell/gallery shows them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gezhi.faces.shell import dialing, lines, marks, parts, widgets
from gezhi.faces.shell.forms import named_in
from gezhi.faces.shell.login.over import over_url
from gezhi.faces.shell.parts import CameBack
from gezhi.faces.shell.uploads import Prepared
from gezhi.kernel import digits

register = template.Library()

# Marks are plain functions too, so that a view can put one into a sentence.
for _tag in (marks.icon, marks.light, marks.due, marks.badge):
    register.simple_tag(_tag)
for _line in (lines.row, lines.group_link, lines.tags):
    register.simple_tag(_line)
register.simple_tag(over_url)
register.filter("people_time", marks.people_time)
register.filter("paper_time", marks.paper_time)
register.filter("people_until", marks.people_until)
register.filter("paper_until", marks.paper_until)
register.filter("time_left", marks.time_left)
register.filter("span_words", marks.span_words)
register.filter("in_one_line", marks.in_one_line)
register.filter("dialable", dialing.dialable)
register.filter("folded", parts.folded)
for _number in (digits.report_number, digits.case_number, digits.receipt_code):
    register.filter(_number.__name__, _number)


@register.inclusion_tag("shell/parts/form_row.html")
def form_row(
    field: BoundField,
    hint: str = "",
    label: str = "",
    chips: bool = False,
    short: bool = False,
    mark_optional: bool = True,
    bare: bool = False,
) -> dict[str, Any]:
    """One row of a form: label, hint, error and control, tied together for screen readers.

    `chips` draws choices as pills, `short` narrows the input, `bare` leaves the label to screen
    readers where a heading above already says it. Typed text stands as the form holds it; an
    optional field says so in words.
    """
    hint = hint or str(field.help_text)
    described = [f"{field.auto_id}_helptext"] if hint else []
    if field.errors:
        described.append(f"{field.auto_id}_error")
    attributes: dict[str, Any] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    sort = widgets.sort_of(field.field.widget)
    return {
        "field": field,
        "label": label or field.label,
        "hint": hint,
        "sort": sort,
        "chips": chips,
        "short": short,
        "bare": bare,
        "optional": mark_optional and not field.field.required and sort != "single",
        "described": attributes.get("aria-describedby", ""),
        "control": field.as_widget(attrs=attributes) if sort != "choices" else "",
    }


@register.inclusion_tag("shell/parts/form_rows.html")
def form_rows(form: forms.BaseForm, only: str = "") -> dict[str, Any]:
    """All rows of a form in order, hidden fields and the summary of errors with them.

    `only` names some fields with spaces between; hidden fields and summary are then left out.
    """
    if only:
        return {"form": None, "fields": [form[name] for name in only.split()]}
    return {"form": form, "fields": form.visible_fields()}


@register.inclusion_tag("shell/parts/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary above a refused form: what to put right, each with a link to its row, and what
    of it must be given again: a browser is never sent a password back, nor a file."""
    fields = form.visible_fields()
    emptied = {
        "password": widgets.empties(fields, "password"),
        "file": widgets.empties(fields, "file"),
    }
    return {
        "form": form,
        "rows": [_faulty_row(field) for field in fields if field.errors],
        "kept": not all(widgets.is_emptied(field) for field in fields),
        "emptied": emptied,
    }


class FaultyRow(NamedTuple):
    """A row that is refused, and why; a sentence that names its row does not need the name again."""

    field: BoundField
    words: str
    names_itself: bool


def _faulty_row(field: BoundField) -> FaultyRow:
    words = marks.in_one_line(field.errors)
    return FaultyRow(field, words, named_in(field.label, words))


@register.inclusion_tag("shell/parts/photo_row.html")
def photo_row(
    field: BoundField,
    most: int = 6,
    hint: str = "",
    label: str = "",
    bare: bool = False,
    drop: str = "",
) -> dict[str, Any]:
    """Choosing photos: shrunk on the phone before sending; a plain file input without script. Below
    it those kept over an error in another row; `drop` is the word for leaving them out.

    `bare` leaves label and hint to screen readers, where the heading above already says it.
    """
    held: Mapping[str, Prepared] = getattr(field.form, "held", {})
    described = [f"{field.auto_id}_helptext"]
    if field.errors:
        described.append(f"{field.auto_id}_error")
    attributes: dict[str, str | bool] = {
        "accept": "image/*",
        "aria-describedby": " ".join(described),
    }
    return {
        "field": field,
        "label": label or field.label,
        "hint": hint or str(field.help_text),
        "most": most,
        "bare": bare,
        "control": field.as_widget(attrs=attributes),
        "kept": held.get(field.name),
        "drop": drop,
    }


@register.simple_tag
def deed_key() -> SafeString:
    """The hidden key of a deed that is done by its button: the same press sent twice is one deed.

    What has rows to fill in is a form (`KeyedForm`) with a key of its own.
    """
    return format_html('<input type="hidden" name="deed_key" value="{}">', uuid4())


@register.inclusion_tag("shell/parts/button.html")
def button(
    label: str,
    kind: str = "",
    icon: str = "",
    key: str = "",
    url: str = "",
    name: str = "",
    value: str = "",
    wide: bool = False,
    form: str = "",
) -> dict[str, Any]:
    """One deed: `kind` is main (one a page), plain, danger, or empty for quiet.

    With `url` it is a link, else it sends its form (`form` names one elsewhere on the page);
    `key` is the letter that presses it on the desk, shown on the button.
    """
    return dict(locals())


@register.simple_block_tag(takes_context=True, end_name="endask")
def ask(
    context: Context,
    content: str,
    id: str,
    url: str,
    label: str,
    title: str,
    deed: str = "",
    kind: str = "danger",
    icon: str = "",
    key: str = "",
    hidden: Mapping[str, object] | None = None,
) -> SafeString:
    """`{% ask id=… url=… label=… title=… %}words and rows{% endask %}`: a deed that asks back.

    With script a dialog, without it a link to `url`, whose GET shows the same question as a page
    (`shell/confirm.html`) and whose POST does the deed. `title` names what will happen. Never
    inside another form.
    """
    return render_to_string(
        "shell/parts/ask.html",
        {
            "csrf_token": context.get("csrf_token"),
            "content": content,
            "id": id,
            "url": url,
            "label": label,
            "title": title,
            "deed": deed or label,
            "kind": kind,
            "icon": icon,
            "key": key,
            "hidden": dict(hidden or {}),
        },
    )


@register.simple_block_tag(end_name="endsheet_wide")
def sheet_wide(content: str, label: str) -> SafeString:
    """`{% sheet_wide label %}table{% endsheet_wide %}`: a table of a paper that scrolls sideways on
    a small screen, by keys too; `label` says which table it is. One with columns says there that
    it does, for half of it is out of sight."""
    hint = _("表格比屏幕宽，可以左右滑动") if "<thead" in content else ""
    return format_html(
        '{}<div class="sheet-wide" role="region" tabindex="0" aria-label="{}">{}</div>',
        format_html('<p class="sheet-hint no-print">{}</p>', hint) if hint else "",
        label,
        SafeString(content),
    )


@register.simple_tag
def sheet_signs(*names: str, dates: int = 0) -> SafeString:
    """Where a paper is signed: a line for each name, then so many for the days."""
    lines = [*names, *[_("日期：")] * dates]
    return format_html(
        '<div class="sheet-signs">{}</div>',
        format_html_join("", "<p>{}<span></span></p>", ((line,) for line in lines)),
    )


@register.inclusion_tag("shell/parts/came_back.html")
def came_back(again: Iterable[CameBack], short: bool = False) -> dict[str, Any]:
    """Why a case is here again, on top of everything: see `shell/came_back.py`.

    `short` leaves photos and notes out, for above the form of the deed that answers it.
    """
    return {"again": again, "short": short}


@register.inclusion_tag("shell/parts/timeline.html")
def timeline(steps: Iterable[object]) -> dict[str, Any]:
    """What happened to a case, in the order given: see `parts.TimelineStep`."""
    return {"steps": steps}


@register.inclusion_tag("shell/parts/stepper.html")
def stepper(stages: Iterable[object]) -> dict[str, Any]:
    """Where a report stands, as a line of stops: see `parts.Stage`."""
    return {"stages": stages}


@register.inclusion_tag("shell/parts/facts.html")
def facts(pairs: Iterable[tuple[str, object]], ruled: bool = False) -> dict[str, Any]:
    """A definition list of (name, value); empty values are shown as "—"."""
    return {"pairs": pairs, "ruled": ruled}


@register.inclusion_tag("shell/parts/photos.html")
def photo_strip(photos: Iterable[object]) -> dict[str, Any]:
    """Small pictures in a row, each opening its large form: see `parts.Photo`."""
    return {"photos": photos}


@register.inclusion_tag("shell/parts/tabs.html")
def tabs(entries: Iterable[object], label: str = "") -> dict[str, Any]:
    """Views of one list as links: see `parts.Tab`."""
    return {"entries": entries, "label": label or _("视图")}


@register.inclusion_tag("shell/parts/pager.html")
def pager(previous_url: str = "", next_url: str = "", words: str = "") -> dict[str, Any]:
    """Pages by key, never by number: an empty address means there is no such page."""
    return {"previous_url": previous_url, "next_url": next_url, "words": words}


@register.inclusion_tag("shell/parts/filter_bar.html")
def filter_bar(
    form: forms.BaseForm,
    target: str = "",
    clear_url: str = "",
    chosen: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The one filter bar: a GET form; `target` is what htmx swaps, `chosen` are (word, drop address)."""
    return {
        "form": form,
        "fields": form.visible_fields(),
        "target": target,
        "clear_url": clear_url,
        "chosen": chosen,
    }


@register.inclusion_tag("shell/parts/map_panel.html")
def map_panel(
    borders_url: str,
    longitude: object = "",
    latitude: object = "",
    choose: bool = False,
    longitude_name: str = "longitude",
    latitude_name: str = "latitude",
    words: str = "",
    id: str = "map",
    open: bool = False,
) -> dict[str, Any]:
    """Our own borders on a map that loads on a tap; `choose` lets the reader set a point.

    Coordinates are degrees of CGCS2000 (WGS 84 to within a metre). `words` says the place without
    a map, for everyone; with `open` the map loads at once (a desk with a wire, never a phone).
    """
    return dict(locals())


@register.inclusion_tag("shell/parts/state.html")
def state(
    kind: str, title: str, text: str = "", icon: str = "", url: str = "", deed: str = ""
) -> dict[str, Any]:
    """A place where nothing stands: `kind` is empty, bad or offline; says why and how to go on."""
    signs = {"empty": "inbox", "bad": "warning", "offline": "offline"}
    return {
        "kind": kind,
        "title": title,
        "text": text,
        "icon": icon or signs[kind],
        "url": url,
        "deed": deed,
    }


@register.inclusion_tag("shell/parts/notice.html")
def notice(kind: str, text: str, title: str = "", url: str = "", deed: str = "") -> dict[str, Any]:
    """A sentence that stands out: `kind` is info, done, warn or bad."""
    signs = {"info": "info", "done": "done", "warn": "warning", "bad": "late"}
    return {
        "kind": kind,
        "text": text,
        "title": title,
        "icon": signs[kind],
        "url": url,
        "deed": deed,
    }


@register.inclusion_tag("shell/parts/conflict.html")
def conflict(
    versions: Sequence[object], who: str = "", moment: datetime | None = None, reload_url: str = ""
) -> dict[str, Any]:
    """Two versions side by side when somebody else was faster: see `parts.Version`."""
    return {"versions": versions, "who": who, "moment": moment, "reload_url": reload_url}


@register.inclusion_tag("shell/parts/skeleton.html")
def skeleton(lines: int = 6) -> dict[str, Any]:
    """Gray lines that stand for what is loading; screen readers hear one sentence."""
    return {"lines": range(lines)}


@register.inclusion_tag("shell/parts/copy.html")
def copy_tools(
    text: str,
    title: str = "",
    url: str = "",
    filename: str = "",
    share: str = "",
    copy: str = "",
    on_paper: bool = True,
) -> dict[str, Any]:
    """Copy, share, save and print `text`; what the browser cannot do is not shown.

    `share` and `copy` are other words than 发给家人 and 复制; without `on_paper` nothing is printed.
    """
    return {
        "text": text,
        "title": title,
        "url": url,
        "filename": filename,
        "share": share,
        "copy": copy,
        "on_paper": on_paper,
    }
