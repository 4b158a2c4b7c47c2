"""The real messages and requests, read where they lie; None where they are absent."""

import csv
import datetime
import gzip
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MESSAGES = _DATA / "messages" / "timed.csv.gz"
REQUESTS = _DATA / "requests_311" / "boston_311_2011H2.csv.gz"


@dataclass(frozen=True)
class Timed:
    """A resident's message with its number and its day."""

    number: int
    user: str
    subject: str
    detail: str
    moment: float

    @property
    def text(self) -> str:
        """Subject and detail as the fingerprint wants them."""
        return f"{self.subject}\n{self.detail}"


def messages() -> list[Timed] | None:
    """The 4,326 timed messages in the order of the file."""
    if not MESSAGES.exists():
        return None
    with gzip.open(MESSAGES, "rt", encoding="utf-8") as lines:
        return [
            Timed(int(row["number"]), row["user"], row["subject"], row["detail"], day(row["time"]))
            for row in csv.DictReader(lines)
        ]


def requests() -> list[dict[str, str]] | None:
    """The 58,251 service requests of Boston in the order of the file."""
    if not REQUESTS.exists():
        return None
    with gzip.open(REQUESTS, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def day(written: str) -> float:
    """Days since 1970 of "2019/2/28 11:25:05" or "2011-07-01 01:32:33"."""
    form = "%Y/%m/%d %H:%M:%S" if "/" in written else "%Y-%m-%d %H:%M:%S"
    moment = datetime.datetime.strptime(written, form).replace(tzinfo=datetime.UTC)
    return moment.timestamp() / 86400.0
