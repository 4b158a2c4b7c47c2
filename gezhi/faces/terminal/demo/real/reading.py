"""The messages as their files hold them: `timed`, `replied`, `labelled`, each a CSV under gzip."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.errors import Invalid

FILES: Final = ("timed", "replied", "labelled")
_FORMS: Final = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M")
_LONGEST_CELL: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `drawn` where the file has no time for it and one was drawn by the seed."""

    name: str
    person: str
    subject: str
    detail: str
    moment: datetime
    drawn: bool = False
    label: str = ""
    reply: str = ""
    replied_at: datetime | None = None

    @property
    def text(self) -> str:
        """Subject and detail, as one says it at a counter."""
        return f"{self.subject}\n{self.detail}".strip()


def messages_in(folder: Path, *, seed: int) -> list[Message]:
    """Every message of the three files, the oldest first; the same seed draws the same times.

    Refuses (Invalid), naming where it looked, a folder without the files or a file of another form.
    """
    missing = [name for name in FILES if not _path(folder, name).is_file()]
    if missing:
        raise Invalid(
            _("没有找到真实留言：在 %(folder)s 里找过 %(files)s；放好后再来，或写上文件夹的位置")
            % {
                "folder": folder.resolve(),
                "files": "、".join(_path(folder, name).name for name in missing),
            },
            field="folder",
        )
    found: list[Message] = []
    timeless: list[Message] = []
    for name in FILES:
        for number, row in enumerate(_rows(_path(folder, name)), start=1):
            message = _message(name, number, row, _path(folder, name))
            (found if message.moment is not _NO_MOMENT else timeless).append(message)
    found += _with_drawn_moments(timeless, found, np.random.default_rng([seed, 5]))
    return sorted(found, key=lambda message: (message.moment, message.name))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.csv.gz"


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    csv.field_size_limit(_LONGEST_CELL)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


_NO_MOMENT: Final = datetime.min.replace(tzinfo=SHANGHAI)


def _message(name: str, number: int, row: Mapping[str, str], path: Path) -> Message:
    try:
        return Message(
            name=f"{name}-{row.get('number') or f'{number:05d}'}",
            person=row.get("user", ""),
            subject=row["subject"].strip(),
            detail=row["detail"].strip(),
            moment=_moment(row["time"]) or _NO_MOMENT,
            label=row.get("label", ""),
            reply=row.get("reply", "").strip(),
            replied_at=_moment(row.get("reply_time", "")),
        )
    except (KeyError, ValueError) as error:
        raise Invalid(
            _("%(file)s 第 %(line)s 行读不懂：%(words)s")
            % {"file": path.name, "line": number + 1, "words": error},
            field="folder",
        ) from error


def _moment(text: str) -> datetime | None:
    """A moment on the wall clock of China; None where nothing is written."""
    text = text.strip()
    if not text:
        return None
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    # A day without an hour: when the office closed.
    return datetime.strptime(text, "%Y/%m/%d").replace(hour=17, tzinfo=SHANGHAI)


def _with_drawn_moments(
    timeless: list[Message], known: list[Message], rng: np.random.Generator
) -> list[Message]:
    """Moments spread as those of the labelled messages that have one: a day of theirs, an hour of
    another's."""
    moments = [message.moment for message in known if message.label] or [
        message.moment for message in known
    ]
    if not moments:
        return []
    drawn = []
    for message in timeless:
        day = moments[int(rng.integers(len(moments)))]
        hour = moments[int(rng.integers(len(moments)))]
        moment = datetime.combine(day.date(), hour.time(), SHANGHAI)
        moment = min(moment + timedelta(days=int(rng.integers(-3, 4))), max(moments))
        drawn.append(_at(message, moment))
    return drawn


def _at(message: Message, moment: datetime) -> Message:
    return Message(
        message.name,
        message.person,
        message.subject,
        message.detail,
        moment,
        drawn=True,
        label=message.label,
        reply=message.reply,
        replied_at=message.replied_at,
    )
