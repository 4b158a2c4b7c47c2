"""One line of a sheet read as an order: what its cells mean, what is wrong in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.ground.sheets.declared import WHOLE
from gezhi.ground.sheets.tables import noting
from gezhi.kernel import secrets
from gezhi.kernel.errors import Invalid
from gezhi.work.cases import actions as cases
from gezhi.work.cases.actions import Contact, Intake, Origin, Where
from gezhi.work.orders import cells, fields
from gezhi.work.orders.rules import CHANNEL, SYSTEM, URGENT

# A refusal of the report stands at the cell it is about.
_CELL_OF = {"place_words": "address", "longitude": "longitude", "latitude": "latitude",
            "name": "name", "phone": "phone", "text": "text"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """An order as a line says it. `digests` say of each column that was there what it said, so that
    the next version can be laid beside it without keeping a word: under every living key, the
    current one first."""

    number: str
    version: str
    parent_number: str
    receipt: str
    kind: str
    class_words: str
    text: str
    name: str
    phone: str
    confidential: bool
    address: str
    longitude: float | None
    latitude: float | None
    urgency: str
    taken_at: datetime | None
    sent_at: datetime | None
    sign_by: datetime | None
    due_at: datetime | None
    state: str
    digests: Mapping[str, tuple[str, ...]]

    def intake(self, class_code: str, area_id: int | None) -> Intake:
        """What is reported of it; their due time goes with it."""
        return Intake(
            text=self.text,
            channel=CHANNEL,
            where=Where(
                longitude=self.longitude,
                latitude=self.latitude,
                words=self.address,
                area_id=area_id,
            ),
            contact=Contact(name=self.name, phone=self.phone),
            kind=self.kind,
            class_code=class_code,
            urgency=self.urgency,
            confidential=self.confidential,
            origin=self.origin,
        )

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(SYSTEM, self.number, self.version, self.due_at)


class Reader:
    """Reads lines; what all lines need is looked up once."""

    def __init__(self) -> None:
        self._kinds = {
            word: term.code
            for term in codes.terms("request_kinds")
            for word in (term.label, term.code)
        }

    def read(self, said: Mapping[str, str]) -> tuple[Read | None, dict[str, str]]:
        """The order a line says, or what is wrong in its cells by field."""
        problems: dict[str, str] = {}
        get = {name: said.get(name, "") for name in fields.BY_NAME}
        number = phone = ""
        with noting(problems, "number"):
            number = cells.number(get["number"])
        with noting(problems, "phone"):
            phone = cells.phone(get["phone"])
        parent = receipt = version = ""
        with noting(problems, "parent"):
            parent = cells.number(get["parent"])
        with noting(problems, "receipt"):
            receipt = cells.number(get["receipt"])
        with noting(problems, "version"):
            version = cells.number(get["version"])
        moments: dict[str, datetime | None] = {}
        for name in fields.MOMENTS:
            with noting(problems, name):
                moments[name] = cells.moment(get[name])
        longitude, latitude = _point(get, problems)
        if not number and "number" not in problems and get["number"]:
            problems["number"] = _("没有编号：照原系统补上")
        if problems or not number:
            return None, problems
        read = Read(
            number=number,
            version=version,
            parent_number=parent,
            receipt=receipt,
            kind=self._kinds.get(
                cells.plain(get["kind"]).removesuffix("类").removesuffix("件"), ""
            ),
            class_words=" ".join(cells.words(get["class"]).split()),
            text=_text(get),
            name=cells.words(get["name"]),
            phone=phone,
            confidential=cells.is_yes(get["confidential"]),
            address=_address(get),
            longitude=longitude,
            latitude=latitude,
            urgency=URGENT.get(cells.plain(get["urgency"]).casefold(), "ordinary"),
            taken_at=moments["taken_at"],
            sent_at=moments["sent_at"],
            sign_by=moments["sign_by"],
            due_at=moments["due_at"],
            state=cells.words(get["state"])[:40],
            digests=_digests(said, moments, number, phone),
        )
        return read, _refused(read)


def _refused(read: Read) -> dict[str, str]:
    """What a report of it would be refused for, at its cell."""
    try:
        cases.valid_intake(read.intake("", None))
    except Invalid as refusal:
        return {_CELL_OF.get(refusal.field, WHOLE): str(refusal.message)}
    return {}


def _point(get: Mapping[str, str], problems: dict[str, str]) -> tuple[float | None, float | None]:
    longitude = latitude = None
    with noting(problems, "longitude"):
        longitude = cells.degrees(get["longitude"], 180)
    with noting(problems, "latitude"):
        latitude = cells.degrees(get["latitude"], 90)
    # Half a point is no point; the address tells.
    return (None, None) if longitude is None or latitude is None else (longitude, latitude)


def _text(get: Mapping[str, str]) -> str:
    title, text = cells.words(get["title"]), cells.words(get["text"])
    return text if not title or title in text else f"{title}\n{text}"


def _address(get: Mapping[str, str]) -> str:
    area, address = cells.words(get["area"]), cells.words(get["address"])
    return address if not area or area in address else f"{area}{address}"


def _digests(
    said: Mapping[str, str], moments: Mapping[str, datetime | None], number: str, phone: str
) -> dict[str, tuple[str, ...]]:
    plain = {name: " ".join(cells.plain(text).split()) for name, text in said.items()}
    plain |= {name: moment.isoformat() if moment else "" for name, moment in moments.items()}
    plain |= {"number": number, "phone": phone}
    return {name: digests_of(name, plain[name]) for name in said if name in fields.BY_NAME}


def digests_of(name: str, plain: str) -> tuple[str, ...]:
    """What a column said, under every living key."""
    return secrets.blind_indexes(f"order.{name}", plain)
