"""Working hours of a unit as people write them, and what a unit's name is; pure."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from gezhi.kernel import names, phones, words, workdays
from gezhi.kernel.errors import Invalid

Spans = list[list[str]]

# The hours of most offices until somebody says otherwise.
OFFICE_HOURS: Spans = workdays.OFFICE_HOURS.words()

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|—|~|至|到)\s*(\d{1,2}):(\d{2})")
_MOST_SPANS = 6


def spans_from_text(text: str) -> Spans:
    """Spans of a working day from 「9:00-12:00，13:00-17:00」; an empty text is the office hours.

    Raises Invalid for anything that is not spans in order, within one day, not overlapping.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return [list(span) for span in OFFICE_HOURS]
    found = _SPAN.findall(plain)
    rest = _SPAN.sub("", plain)
    if not found or re.sub(r"[\s,;、，；]", "", rest):
        raise Invalid(_("工作时间请写成“9:00-12:00，13:00-17:00”"), field="hours")
    return valid_spans(
        [[_clock(hour, minute), _clock(until, last)] for hour, minute, until, last in found]
    )


def valid_spans(spans: Sequence[Sequence[str]]) -> Spans:
    """The spans as stored, `HH:MM` pairs; raises Invalid when empty, unordered or overlapping."""
    if not spans or len(spans) > _MOST_SPANS:
        raise Invalid(_("工作时间至少一段，至多六段"), field="hours")
    valid: Spans = []
    last = ""
    for span in spans:
        if len(span) != 2:
            raise Invalid(_("每段工作时间有一个开始和一个结束"), field="hours")
        start, end = (_clock(*moment.split(":")) for moment in span)
        if not last <= start < end:
            raise Invalid(_("工作时间要从早到晚，各段不能重叠"), field="hours")
        valid.append([start, end])
        last = end
    return valid


def text_from_spans(spans: Sequence[Sequence[str]]) -> str:
    """The spans as people read them: 「9:00–12:00，13:00–17:00」."""
    return "，".join(f"{_short(start)}–{_short(end)}" for start, end in spans)


def unit_name(text: str, *, field: str = "name", most: int = 60) -> str:
    """The name of a unit; refuses what `kernel.names` does, and over `most` signs."""
    empty = _("请填写名称，不超过 %(most)s 个字") % {"most": most}
    return names.valid(text, most=most, field=field, empty=empty)


def public_phone(text: str) -> str:
    """What people may dial, as it is shown; Invalid for what is no number. "" stays ""."""
    plain = words.line(text, field="public_phone", most=30)
    if plain and not phones.is_dialed(plain):
        raise Invalid(_("对外电话只填号码，如 028-85551234 或 12345"), field="public_phone")
    return plain


def _clock(hour: str, minute: str) -> str:
    if not (hour.isdigit() and minute.isdigit()):
        raise Invalid(_("时间请写成“9:00”"), field="hours")
    if (int(hour), int(minute)) != (24, 0) and (int(hour) > 23 or int(minute) > 59):
        raise Invalid(_("一天只有 24 小时，请检查工作时间"), field="hours")
    return f"{int(hour):02}:{int(minute):02}"


def _short(moment: str) -> str:
    return moment[1:] if moment.startswith("0") else moment
