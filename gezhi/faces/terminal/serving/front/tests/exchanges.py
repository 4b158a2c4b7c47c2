"""A request and its answer without a network."""

import asyncio
from dataclasses import dataclass, field


class Lines:
    def __init__(self, lines):
        self._lines = lines

    def items(self):
        return list(self._lines)


@dataclass
class Request:
    method: str = "POST"
    path: str = "/"
    lines: tuple[tuple[str, str], ...] = (("host", "gezhi.example"),)
    query_string: str = ""
    client: str = "192.0.2.7:40000"
    server: str = "192.0.2.1:8000"
    scheme: str = "http"
    http_version: str = "1.1"

    @property
    def headers(self):
        return Lines(self.lines)


@dataclass
class Exchange:
    """Hands out these pieces, then ends, or stays silent when told so."""

    pieces: list[bytes] = field(default_factory=list)
    silent: bool = False
    taken: int = 0
    begun: int = 0
    answers: list[tuple[int, dict[str, str], bytes | str]] = field(default_factory=list)

    def __aiter__(self):
        self.begun += 1
        assert self.begun == 1, "granian hands the body out once"
        return self

    async def __anext__(self):
        if self.taken < len(self.pieces):
            self.taken += 1
            return self.pieces[self.taken - 1]
        if self.silent:
            await asyncio.get_running_loop().create_future()
        raise StopAsyncIteration

    def response_bytes(self, status, headers, body):
        self.answers.append((status, dict(headers), body))

    def response_file(self, status, headers, file):
        self.answers.append((status, dict(headers), file))
