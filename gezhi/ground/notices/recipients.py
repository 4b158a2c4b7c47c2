"""Who can be reached, and how: asked at the moment of sending, never stored with a message.

The owner of a kind of recipient registers how to open its address; notices know no case.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from gezhi.ground.accounts.models import User
from gezhi.kernel.fields import open_sealed


@dataclass(frozen=True, slots=True)
class Recipient:
    """A reachable person: the open address lives in memory only, and not in a repr."""

    address: str = field(repr=False)
    language: str = "zh-hans"
    number: str = ""
    # What is said, where its owner alone knows: how many to-dos a group has just now.
    text: str = field(default="", repr=False)


Resolver = Callable[[int], Recipient | None]
_resolvers: dict[str, Resolver] = {}


def register(recipient_kind: str, resolver: Resolver) -> None:
    """Tell how recipients of a kind ("report") are opened by id; None when there is no address."""
    _resolvers[recipient_kind] = resolver


def resolve(recipient_kind: str, recipient_id: int) -> Recipient | None:
    """The recipient with an open address, or None; LookupError for a kind nobody registered."""
    resolver = _resolvers.get(recipient_kind)
    if resolver is None:
        raise LookupError(f"nobody registered how to reach a {recipient_kind!r}")
    found = resolver(recipient_id)
    return found if found is not None and found.address else None


def staff(user_id: int) -> Recipient | None:
    """An active member of staff by their phone."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    return Recipient(address=open_sealed(user, "phone"), language=user.language)
