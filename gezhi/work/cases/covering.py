"""Sealing what was written before rows had seals; registered with `audit.covering`."""

from collections import defaultdict

from gezhi.ground.audit.seals import NOTHING, SealedRow, seal_of, summand
from gezhi.work.cases.models import Case
from gezhi.work.cases.sealed import among, rows_of


def cover(case_ids: list[int]) -> dict[int, int]:
    """Seal every row of these cases as it stands; answers the sum of the seals of each case.

    Locks the cases, inside the caller's transaction.
    """
    list(Case.objects.select_for_update().filter(pk__in=case_ids).order_by("pk").values_list("pk"))
    sums: defaultdict[int, int] = defaultdict(int)
    changed: defaultdict[type[SealedRow], list[SealedRow]] = defaultdict(list)
    for case_id, row in rows_of(among(case_ids)):
        row.seal = seal_of(row)
        sums[case_id] += summand(row.seal)
        changed[type(row)].append(row)
    for model, rows in changed.items():
        model._default_manager.bulk_update(rows, ["seal"], batch_size=200)
    modulus = 16 ** len(NOTHING)
    return {case_id: total % modulus for case_id, total in sums.items()}
