"""From when on rows have seals: an entry of the trail says it for each kind of subject.

Rows written before there were seals get theirs once, as they stand then (`gezhi prepare`). Since
that entry a subject whose head has no seal is a fault: somebody took it off.
"""

from collections.abc import Callable

from django.db import transaction

from gezhi.ground.audit import actions
from gezhi.ground.audit.blocks import CHAIN, COVERED, begin, is_covered
from gezhi.ground.audit.models import Head
from gezhi.ground.audit.rules import head_content, keyed
from gezhi.kernel.viewer import Viewer

_AT_ONCE = 200

Cover = Callable[[list[int]], dict[int, int]]
_covers: dict[str, Cover] = {}


def register(kind: str, cover: Cover) -> None:
    """Have the rows of a kind of subject sealed by `cover`.

    It gets ids of subjects inside a transaction, locks them, seals every row of theirs and answers
    the sum of the seals of each. Called in `AppConfig.ready`.
    """
    _covers[kind] = cover


def cover_all(by: Viewer) -> int:
    """Seal whatever has no seal yet, and note in the trail that from now on all have one.

    Begins the chain of blocks where there is none yet.

    Answers how many subjects were sealed; nothing once all kinds are covered. Each portion is a
    transaction of its own, so it may be stopped and run again. By a command of the machine.
    """
    begin()
    count = 0
    for kind in (CHAIN, *_covers):
        if is_covered(kind):
            continue
        done = 0
        while part := cover_some(kind):
            done += part
        actions.record(by=by, verb=COVERED, subject_kind=kind, detail={"subjects": done})
        count += done
    return count


def cover_some(kind: str) -> int:
    """Seal some hundred subjects of the kind that have no seal; answers how many, 0 at the end."""
    with transaction.atomic():
        unsealed = Head.objects.filter(subject_kind=kind, seal="").order_by("subject_id")
        subjects = list(unsealed.values_list("subject_id", flat=True)[:_AT_ONCE])
        if not subjects:
            return 0
        sums = _covers[kind](subjects) if kind in _covers else {}
        heads = Head.objects.select_for_update().filter(subject_kind=kind, subject_id__in=subjects)
        changed = list(heads.order_by("subject_id"))
        for head in changed:
            head.rows = f"{sums.get(head.subject_id, 0):064x}"
            head.seal = keyed(head_content(head))
        Head.objects.bulk_update(changed, ["rows", "seal"])
    return len(subjects)
