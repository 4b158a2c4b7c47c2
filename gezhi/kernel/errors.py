"""Refusals with a reason a person can act on; faces turn them into pages and answers.

`code` is stable for programs, the message is a translatable sentence for people. No message ever
holds a name, phone, number or address.
"""

from typing import Any


class Refusal(Exception):
    """A deed was refused; nothing was changed."""

    status = 422
    code = "refused"

    def __init__(self, message: Any, code: str = "", field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.code = code or type(self).code
        self.field = field


class Invalid(Refusal):
    """What was sent cannot be understood or is out of bounds; `field` says where."""

    code = "invalid"


class NotPermitted(Refusal):
    """The viewer may see the thing but not do this deed; the message says who can."""

    status = 403
    code = "not_permitted"


class Unseen(Refusal):
    """The thing does not exist for this viewer: the same answer as for what never was."""

    status = 404
    code = "not_found"


class Conflict(Refusal):
    """Somebody else changed the thing first, or the state does not allow the deed any more."""

    status = 409
    code = "conflict"


class KeyReused(Refusal):
    """A deed key came again with another body."""

    status = 409
    code = "key_reused"


class TooMany(Refusal):
    """Too much of this came from one side within a while; `seconds` says when to come again."""

    status = 429
    code = "too_many"

    def __init__(self, message: Any, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
