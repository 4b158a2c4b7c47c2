"""`{% load case_lines %}`: a case as a line of any list of the desk."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gezhi.faces.desk.queues.columns import CaseColumn
from gezhi.faces.desk.queues.lines import Line
from gezhi.faces.shell import moments
from gezhi.faces.shell.deadlines import ended_words
from gezhi.faces.shell.lines import group_link, row
from gezhi.faces.shell.markup import joined
from gezhi.ground.sheets.writing import Cell
from gezhi.kernel import clock

register = template.Library()


@register.simple_tag
def case_line(
    line: Line, shows_state: bool = False, shows_holder: bool = False, target: str = ""
) -> SafeString:
    """The line of a case; its state stands on it where the list holds cases in many states, and who
    has it where the list holds those of many units."""
    case = line.row
    opens = row(
        line.title,
        line.url,
        place=case.place_words,
        kind=case.class_name,
        held_by=case.holder_name if shows_holder else "",
        state=case.shown_state if shows_state else "",
        due_at=case.due_at,
        light_color=line.color,
        light_words=line.due_words,
        side=ended_words(case),
        badges=line.badges,
        current=line.current,
        target=target,
        beside=bool(line.group_url),
    )
    return joined((opens, group_link(line.group_url))) if line.group_url else opens


@register.filter
def plain_cell(value: Cell) -> str:
    """A cell as words, a moment on the wall clock of China; for paper."""
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


@register.simple_tag
def group_cell(line: Line) -> SafeString:
    """The last cell of a row of the table: the way to the words for a group chat, while something is
    to be done."""
    link = group_link(line.group_url) if line.group_url else ""
    return format_html('<td class="column-group">{}</td>', link)


@register.simple_tag
def case_cell(line: Line, column: CaseColumn, first: bool = False) -> SafeString:
    """One cell of the table; the first leads to the case, what is late is red and says so."""
    value = column.cell(line.row)
    if isinstance(value, datetime):
        words = format_html('<span title="{}">{}</span>', plain_cell(value), moments.spoken(value))
    else:
        words = format_html("{}", "" if value is None else value)
    if column.name == "due" and line.due_words:
        words = format_html(
            '<span class="{}">{}</span>', "late" if line.color == "red" else "", line.due_words
        )
    layout = column.layout or "words"
    if first:
        return format_html(
            '<th scope="row" class="column-{}"><a href="{}">{}</a></th>', layout, line.url, words
        )
    return format_html('<td class="column-{}">{}</td>', layout, words)
