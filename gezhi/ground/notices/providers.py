"""The seam behind which SMS, WeChat official accounts and 政务钉钉 stand."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings

from gezhi.kernel.masking import masked_phone

logger = logging.getLogger("gezhi.notices")


class NotSent(Exception):
    """What kept a message here, by a word of ours and the provider's own code: nothing that was sent,
    no address and no key of anybody's."""

    def __init__(self, fault: str = "", *, code: str = "") -> None:
        super().__init__(f"{fault} {code}".strip())
        self.fault, self.code = fault, code


class Unavailable(NotSent):
    """The provider does not answer now: the message is tried again later."""


class AddressRefused(NotSent):
    """The provider says that nobody can be reached at this address: it is not tried again."""


class Refused(NotSent):
    """The provider takes none of ours until somebody puts its settings right: not tried again."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way out. `key` never changes between tries: a provider that can tell
    repeats apart is given it, since a worker may die between sending and noting it."""

    key: str
    kind: str
    recipient_kind: str
    recipient_id: int
    address: str = field(repr=False)
    text: str = field(repr=False)


class Provider(Protocol):
    """Sends one message or says why not; its own timeouts end within ten seconds."""

    name: str

    def send(self, message: Message) -> None:
        """Hand the message over. Raises Unavailable, AddressRefused or Refused; anything else counts
        as Unavailable. Never logs address or text."""
        ...


class ConsoleProvider:
    """Sends nothing: shows on the console, with the number masked, what would have been sent."""

    name = "console"

    def send(self, message: Message) -> None:
        """Log ids and kind; write the masked address and the text to the console only."""
        logger.info("%s to %s %d", message.kind, message.recipient_kind, message.recipient_id)
        sys.stdout.write(f"    → {masked_phone(message.address)}  {message.text}\n")


_makers: dict[str, Callable[[], Provider]] = {"console": ConsoleProvider}
_made: dict[str, Provider] = {}


def register(name: str, make: Callable[[], Provider]) -> None:
    """Make a provider choosable by `GEZHI_NOTICE_PROVIDER`; it is built at its first message."""
    _makers[name] = make
    _made.pop(name, None)


def chosen() -> str:
    """Name of the provider in use; "" when the installation sends nothing.

    The console is for demo and tests: in production it would call unsent what was never sent.
    """
    name = getattr(settings, "GEZHI_NOTICE_PROVIDER", "" if settings.PRODUCTION else "console")
    return name if name in _makers else ""


def provider(name: str) -> Provider:
    """The provider of this name; LookupError when it is not registered (any more)."""
    if name not in _made:
        if name not in _makers:
            raise LookupError(f"there is no provider named {name!r}")
        _made[name] = _makers[name]()
    return _made[name]
