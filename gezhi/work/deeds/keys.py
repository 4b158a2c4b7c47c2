"""Deed keys 操作编号: whose a key is, and keys made of other keys.

A key belongs to who brought it, so nobody can take a key that another will need: not a neighbor's,
not a colleague's, and not one of those that timed work makes up for itself.
"""

import json
from typing import TypeAlias

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast, Concat

from gezhi.kernel import secrets
from gezhi.kernel.viewer import Viewer

KEY_LENGTH = 80
_TEXT = models.TextField()

OwnerColumn: TypeAlias = "models.GeneratedField"


def owned_by(prefix: str, column: str) -> Concat:
    """An owner as the database writes it: the prefix and what stands in the column."""
    return Concat(Value(f"{prefix}:"), Cast(column, _TEXT), output_field=_TEXT)


def owner_column(*others: When) -> OwnerColumn:
    """Who brought the key of a step, worked out by the database from fields the chain seals.

    A person, a task by its name, one of `others` in this order (whoever holds a receipt), or a
    stranger who has none yet.
    """
    owner = Case(
        When(user_id__isnull=False, then=owned_by("user", "user_id")),
        When(~Q(system_name=""), then=owned_by("system", "system_name")),
        *others,
        default=Value("stranger"),
        output_field=_TEXT,
    )
    return models.GeneratedField(expression=owner, output_field=models.TextField(), db_persist=True)


def owner_of(by: Viewer, presented: str = "") -> str:
    """Who brings a key, in the words of `owner_column`.

    `presented` is the receipt a stranger came with ("report:17"); staff and tasks own their keys
    themselves, whatever they act on.
    """
    if by.user_id is not None:
        return f"user:{by.user_id}"
    if by.system_name:
        return f"system:{by.system_name}"
    return presented or "stranger"


def derived(*parts: str | int) -> str:
    """A key made of others, for a deed that follows from a deed: never longer than a key may be.

    The same parts give the same key for ever; two different lists of parts never the same (SM3).
    """
    return f"derived:{secrets.digest(json.dumps(parts).encode()).hex()}"
