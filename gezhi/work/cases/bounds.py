"""What no column of a case may hold, said once for all its tables."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q

# No due time lies outside: neither the empty text of SQLite nor the `infinity` of PostgreSQL.
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def moment(name: str, constraint: str) -> models.CheckConstraint:
    """That a column holds a moment of this time, or none where it may be empty."""
    within = Q(**{f"{name}__gte": _FIRST, f"{name}__lt": _LAST})
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | within, name=constraint
    )


def one_of(name: str, words: list[str], constraint: str) -> models.CheckConstraint:
    """That a column holds one of these words."""
    return models.CheckConstraint(condition=Q(**{f"{name}__in": words}), name=constraint)


def by_day(moment: str, name: str) -> models.Index:
    """The index by which figures find what has this moment in a period, of a district.

    Whole: of a column that is never empty, SQLite would not use one that leaves the empty ones out.
    """
    return models.Index(fields=["district_id", moment], name=name)
