"""Requests in the order of their opening, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Request:
    """A request without its words. Moments count days; `closed` is None while it is open.

    `duplicate` says whether it was closed as the repetition of another; it is looked at only
    from the moment of closing on.
    """

    kind: str
    longitude: float
    latitude: float
    street: str
    address: str
    opened: float
    closed: float | None = None
    duplicate: bool = False


class History:
    """All requests, sorted by opening (stable); `order[i]` is the place in the given sequence."""

    def __init__(self, requests: Sequence[Request]) -> None:
        opened = np.array([request.opened for request in requests], dtype=np.float64)
        self.order = np.argsort(opened, kind="stable")
        ordered = [requests[at] for at in self.order.tolist()]
        self.opened = opened[self.order]
        self.closed = np.array(
            [np.inf if request.closed is None else request.closed for request in ordered],
            dtype=np.float64,
        )
        self.duplicate = np.array([request.duplicate for request in ordered], dtype=np.bool_)
        latitude = np.array([request.latitude for request in ordered], dtype=np.float64)
        longitude = np.array([request.longitude for request in ordered], dtype=np.float64)
        middle = np.cos(np.radians(np.median(latitude))) if len(ordered) else 1.0
        self.east = longitude * middle * 111_320.0
        self.north = latitude * 110_574.0
        self.kind = _numbered([request.kind for request in ordered])
        self.street = _numbered([request.street for request in ordered])
        self.address = _numbered([request.address for request in ordered])
        self.of_kind = {
            int(kind): np.flatnonzero(self.kind == kind) for kind in np.unique(self.kind)
        }

    def __len__(self) -> int:
        return len(self.opened)


def _numbered(words: list[str]) -> NDArray[np.int64]:
    found: dict[str, int] = {}
    return np.array([found.setdefault(word, len(found)) for word in words], dtype=np.int64)
