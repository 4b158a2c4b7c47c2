"""Rows beside a case that wait for somebody's word, also after the case ended: the few of them."""

from typing import Any

from django.db.models import Q, QuerySet

from gezhi.work.cases.models import Appeal, Supervision, Whistle


def open_appeals() -> QuerySet[Appeal, Any]:
    """The cases of appeals that nobody decided."""
    return Appeal.objects.filter(decided_at=None).order_by().values("case_id")


def something_waits() -> Q:
    """Cases with an appeal to decide, a supervision to discharge or a whistle to score."""
    undischarged = Supervision.objects.filter(ended_at=None).order_by().values("case_id")
    unscored = Whistle.objects.filter(ended_at=None).order_by().values("case_id")
    return Q(pk__in=open_appeals()) | Q(pk__in=undischarged) | Q(pk__in=unscored)
