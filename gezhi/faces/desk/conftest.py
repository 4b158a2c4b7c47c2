"""Fixtures of the desk's tests: a case to play, and members of the cast at their desks."""

import itertools
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from python_calamine import CalamineWorkbook

from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions as duties
from gezhi.records.duties.models import Duty
from gezhi.work.cases.models import Case
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.models import Advice, AdviceWords
from tests.cast import Cast, Person

_keys = itertools.count(1)


@pytest.fixture
def play(cast: Cast) -> Play:
    """A case to be played with the cast."""
    return Play(cast)


@pytest.fixture
def another(cast: Cast) -> Play:
    """A second case of the same street."""
    return Play(cast)


@pytest.fixture
def list_duty(cast: Cast) -> Callable[..., Duty]:
    """`list_duty(lead_unit=…, …)`: a row of the duty list on exposed rubbish; the whole street and
    the sanitation office unless said otherwise."""

    def listed(**changes: Any) -> Duty:
        fields: dict[str, Any] = {
            "class_code": "event-0102", "name": "暴露垃圾清理",
            "area_id": cast.street.street.pk, "list_kind": "basic",
            "lead_unit": cast.street.sanitation, "legal_basis": "",
        } | changes  # fmt: skip
        return duties.add_duty(**fields, by=Viewer.system("test", cast.street.district.pk))

    return listed


@pytest.fixture
def advise(db: None) -> Callable[..., Advice]:
    """`advise(case, what, label, confidence, …)`: advice as the task writes it."""

    def write(
        case: Case,
        what: str,
        label: str,
        confidence: float,
        *,
        abstained: bool = False,
        others: Sequence[tuple[str, float]] = (),
        words: Sequence[str] = (),
        **changes: Any,
    ) -> Advice:
        fields = {"method": "model", "street_id": case.street_id or 0} | changes
        row = Advice.objects.create(
            district_id=case.district_id,
            case=case,
            what=what,
            label=label,
            confidence=confidence,
            abstained=abstained,
            alternatives=[[label, confidence], *([code, share] for code, share in others)],
            made_at=clock.now(),
            **fields,
        )
        AdviceWords.objects.create(advice=row, words=list(words))
        return row

    return write


class Desk:
    """A browser at the desk: pages by their address under /desk/, with or without htmx."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, *, into: str = "", **parameters: Any) -> Any:
        """Open a page; with `into` as htmx would, for the element of this id."""
        return self.client.get(f"/desk/{path}", parameters, headers=_htmx(into))

    def post(self, path: str, *, into: str = "", **fields: Any) -> Any:
        """Send a form; with `into` as htmx would."""
        return self.client.post(f"/desk/{path}", fields, headers=_htmx(into))

    def take(self, path: str, purpose: str = "周例会核对", **parameters: Any) -> Any:
        """The sheet of a list in which people stand, with what it is for."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self.client.post(f"/desk/{path}{query}", {"purpose": purpose})

    def deed(self, play: Play, deed: str, *, into: str = "", **fields: Any) -> Any:
        """Do a deed to the played case with a fresh key and its present version."""
        fields.setdefault("deed_key", f"desk-key-{next(_keys):06d}")
        fields.setdefault("version", play.case.version)
        query = fields.pop("query", "")
        return self.post(f"cases/{play.case.number}/{deed}/{query}", into=into, **fields)


@pytest.fixture
def desk_of(client_of: Callable[[Person], Client]) -> Callable[[Person], Desk]:
    """`desk_of(person)`: the desk as this person has it open."""
    return lambda person: Desk(client_of(person))


def _htmx(into: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": into} if into else {}


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def read_sheet(response: Any) -> list[dict[str, Any]]:
    """The rows of a workbook that was taken along, by their headings; its mark is no row."""
    assert response.status_code == 200, text_of(response)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    titles = [str(title) for title in heading]
    if rows and str(rows[-1][0]).startswith("导出人："):
        rows = rows[:-2]
    return [dict(zip(titles, row, strict=True)) for row in rows]


@pytest.fixture
def photo() -> Callable[[], SimpleUploadedFile]:
    """A small real picture, as a browser sends it."""

    def made() -> SimpleUploadedFile:
        held = BytesIO()
        Image.new("RGB", (64, 48), (90, 120, 90)).save(held, "JPEG")
        return SimpleUploadedFile("after.jpg", held.getvalue(), content_type="image/jpeg")

    return made


def send_sheet(browser: Client, sheet: str, content: bytes, name: str = "表.xlsx") -> Any:
    """Send a filled sheet; the page of its batch, or the form with what is wrong."""
    sent = {"file": SimpleUploadedFile(name, content)}
    answer: Any = browser.post(f"/desk/sheets/{sheet}/", sent)
    return browser.get(answer.url) if answer.status_code == 303 else answer


def forms_of_batch(page: str) -> dict[str, str]:
    """The addresses of the forms on the page of a batch, by their last word: match, begin, go-on."""
    return {
        address.rstrip("/").rsplit("/", 1)[1]: address
        for address in re.findall(r'action="(/desk/sheets/batches/[^"]+)"', page)
    }


def begin_batch(browser: Client, page: str) -> Any:
    """Bring in what a preview shows; the page of what came of it."""
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    answer: Any = browser.post(forms_of_batch(page)["begin"], {"version": version})
    return browser.get(answer.url) if answer.status_code == 303 else answer


def bad_rows_of(browser: Client, page: str) -> Any:
    """The red workbook a page of a batch offers."""
    (address,) = re.findall(r'href="(/desk/sheets/batches/\d+/bad/)"', page)
    return browser.get(address)
