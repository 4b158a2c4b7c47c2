"""`{% load case_lines %}`: a case as a line of any list of the desk."""

from django import template
from django.utils.safestring import SafeString

from gezhi.faces.desk.queues.lines import Line
from gezhi.faces.shell.deadlines import ended_words
from gezhi.faces.shell.lines import row

register = template.Library()


@register.simple_tag
def case_line(
    line: Line, shows_state: bool = False, shows_holder: bool = False, target: str = ""
) -> SafeString:
    """The line of a case; its state stands on it where the list holds cases in many states, and who
    has it where the list holds those of many units."""
    case = line.row
    return row(
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
    )
