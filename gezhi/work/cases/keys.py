"""Deed keys 操作编号: whose a key is, and keys made of other keys.

A key belongs to who brought it, so nobody can take a key that another will need: not a neighbor's,
not a colleague's, and not one of those the watchdog and the beat make up for themselves.
"""

import json

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast, Concat

from gezhi.kernel import secrets
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.rules import Deed

KEY_LENGTH = 80
_TEXT = models.TextField()
# Who brought the key of a step, worked out by the database from fields the chain seals: a person, a
# task by its name, whoever holds a receipt, or a stranger who has none yet.
KEY_OWNER = Case(
    When(
        user_id__isnull=False,
        then=Concat(Value("user:"), Cast("user_id", _TEXT), output_field=_TEXT),
    ),
    When(
        ~Q(system_name=""),
        then=Concat(Value("system:"), Cast("system_name", _TEXT), output_field=_TEXT),
    ),
    When(
        Q(report_id__isnull=False) & ~Q(deed__in=[Deed.REPORT.value, Deed.JOIN.value]),
        then=Concat(Value("report:"), Cast("report_id", _TEXT), output_field=_TEXT),
    ),
    default=Value("stranger"),
    output_field=_TEXT,
)


def owner_of(by: Viewer, report_id: int | None = None) -> str:
    """Who brings a key, in the words of `KEY_OWNER`.

    `report_id` is the report whose number and code a stranger presented; staff and tasks own their
    keys themselves, whatever report they act on.
    """
    if by.user_id is not None:
        return f"user:{by.user_id}"
    if by.system_name:
        return f"system:{by.system_name}"
    return "stranger" if report_id is None else f"report:{report_id}"


def derived(*parts: str | int) -> str:
    """A key made of others, for a deed that follows from a deed: never longer than a key may be.

    The same parts give the same key for ever; two different lists of parts never the same (SM3).
    """
    return f"derived:{secrets.digest(json.dumps(parts).encode()).hex()}"
