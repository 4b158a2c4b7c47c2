"""The answer of Django's, given to the server: bytes at once, a plain file by its path."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
Header = tuple[str, str]


class Outgoing(Protocol):
    """Granian's side of an answer."""

    def response_bytes(self, status: int, headers: list[Header], body: bytes) -> None: ...
    def response_file(self, status: int, headers: list[Header], file: str) -> None: ...


@dataclass(slots=True)
class Answer:
    """One answer: `file` is the path of a file that is sent whole, else `body` is."""

    status: int = 500
    headers: list[Header] = field(default_factory=list)
    body: bytes = b""
    file: str = ""

    def send(self, outgoing: Outgoing, *, close: bool = False) -> None:
        """Give it to the server, which writes it in its own time; a slow reader holds nobody."""
        if close:
            self.headers.append(("connection", "close"))
        if self.file:
            outgoing.response_file(self.status, self.headers, self.file)
        else:
            outgoing.response_bytes(self.status, self.headers, self.body)


class _OnDisk:
    """Stands for a file an application answers with (`wsgi.file_wrapper`)."""

    def __init__(self, file: IO[bytes], block: int = 65536) -> None:
        self.file = file
        self._block = block

    def __iter__(self) -> "_OnDisk":
        return self

    def __next__(self) -> bytes:
        if part := self.file.read(self._block):
            return part
        raise StopIteration

    def close(self) -> None:
        self.file.close()


def ask(application: Application, environ: dict[str, Any]) -> Answer:
    """Call the application in this thread and take its whole answer."""
    answer = Answer()

    def start(status: str, headers: list[Header], exc_info: Any = None) -> None:
        answer.status = int(status[:3])
        answer.headers = [(name, value.strip()) for name, value in headers]

    environ["wsgi.file_wrapper"] = _OnDisk
    result = application(environ, start)
    try:
        answer.file = _path_of(result, answer.status)
        if not answer.file:
            answer.body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    return answer


def _path_of(result: Any, status: int) -> str:
    """The path of a file that is to be sent whole; "" for anything else, as part of a file."""
    if status != 200 or not isinstance(result, _OnDisk):
        return ""
    name = getattr(result.file, "name", "")
    whole = isinstance(name, str) and name and result.file.tell() == 0
    return name if whole else ""
