"""Each night: figures of the last months written anew, falling shares told, new lessons counted."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.records.places.models import District
from gezhi.work.triage import figures
from gezhi.work.triage.announcing import tell_supervisors
from gezhi.work.triage.history import taught
from gezhi.work.triage.models import Advice, AdviceValue, TrainedModel
from gezhi.work.triage.rules import COMPARED_MONTHS, LEARNT, QUESTIONS, TOLERATED, fell
from gezhi.work.triage.tolerance import error_of

# A case closes weeks after its advice: so many months may still change.
OPEN_MONTHS = 4
# Worth learning again: so many new lessons, and a fifth more than the model was trained on.
LEAST_NEW = 200
NEW_SHARE = 0.2


def reckon() -> int:
    """Write the figures of every district; answers how many rows. Tells of falls once a month.

    A district that cannot be reckoned keeps none of the others.
    """
    written = 0
    today = clock.today()
    with Sweep("reckon") as each:
        for district_id, code in District.objects.values_list("pk", "code"):
            with each.one("district", code, district_id):
                written += _reckon(district_id, today)
    return written


def _reckon(district_id: int, today: date) -> int:
    written = sum(
        write_month(district_id, figures.months_before(figures.month_of(today), back))
        for back in range(OPEN_MONTHS)
    )
    _tell_of_falls(district_id, figures.month_of(today))
    _suggest_training(district_id)
    return written


@transaction.atomic
def write_month(district_id: int, month: date) -> int:
    """Count a month anew; answers how many rows were not what the steps had made of them.

    The rows are locked before anything is counted: whoever writes advice meanwhile adds to what is
    written here.
    """
    kept = AdviceValue.objects.select_for_update().filter(district_id=district_id, month=month)
    known = {(row.street_id, row.what): row for row in kept.order_by("street_id", "what")}
    of_district = Advice.objects.filter(district_id=district_id, what__in=QUESTIONS)
    counted = figures.tallies(figures.made_in(of_district, month))
    wrong = 0
    for (street_id, what), tally in counted.items():
        row = known.pop((street_id, what), None)
        if row is None or row.tally != tally:
            wrong += 1
            AdviceValue.objects.update_or_create(
                district_id=district_id, street_id=street_id, what=what, month=month,
                defaults=asdict(tally),
            )  # fmt: skip
    return wrong


def _tell_of_falls(district_id: int, month: date) -> None:
    """Look at this month and the one before: what was judged late falls late."""
    for looked_at in (month, figures.months_before(month, 1)):
        rows = AdviceValue.objects.filter(
            district_id=district_id, month=looked_at, what__in=TOLERATED
        )
        for row in rows:
            before = AdviceValue.objects.filter(
                district_id=district_id,
                street_id=row.street_id,
                what=row.what,
                month__lt=looked_at,
                month__gte=figures.months_before(looked_at, COMPARED_MONTHS),
            )
            earlier = [one.tally for one in before]
            if fell(row.tally, earlier, error_of(district_id, row.what)):
                tell_supervisors(
                    "triage_fell",
                    district_id=district_id,
                    street_id=row.street_id,
                    key=f"triage.fell:{district_id}:{row.street_id}:{row.what}:{looked_at:%Y%m}",
                )


def _suggest_training(district_id: int) -> None:
    """One notice for all that may be learnt again, another only when more of it may."""
    due: list[str] = []
    for what in LEARNT:
        last = TrainedModel.objects.filter(district_id=district_id, what=what).first()
        learnt = last.examples if last else 0
        # A model's id and a case's are made by one clock: cases after it were not in it.
        new = taught(district_id, what, after_case=last.pk if last else 0)
        if new >= max(LEAST_NEW, NEW_SHARE * learnt):
            due.append(f"{what}:{last.pk if last else 0}")
    if due:
        tell_supervisors(
            "triage_learn",
            district_id=district_id,
            street_id=0,
            key=f"triage.learn:{district_id}:{','.join(due)}",
        )
