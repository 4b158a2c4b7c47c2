"""社区事项准入: a unit asks to hand a matter to communities; the list answers, or the street does."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes.queries import term
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import signals
from gezhi.records.duties.models import Admission, AdmissionState
from gezhi.records.duties.queries.admitting import (
    admission_for,
    is_taken_back,
    may_ask,
    overseen,
)
from gezhi.records.duties.rules import legal_basis
from gezhi.records.units.models import Unit, UnitKind

_LONGEST = timedelta(days=366)
TAKEN_BACK = gettext_lazy(
    "权责清单写明这一项已由上级收回，街道也不能准入。清单变了，请提出的单位再提一次"
)


@transaction.atomic
def ask_admission(
    *,
    unit: Unit,
    offices: Sequence[Unit],
    class_code: str,
    matter: str,
    by: Viewer,
    basis: str = "",
) -> list[Admission]:
    """Ask to hand a matter to community offices; each asking is kept with its answer, a refusal with
    the clause.

    The same asked again on the same day is the same row. Refuses (NotPermitted) whoever handles
    nothing in the unit, and the street and communities themselves, who need not ask; Invalid for an
    unknown class, no matter, or what is no open community office of the district.
    """
    require(by, Right.HANDLE)
    if not may_ask(by).filter(pk=unit.pk).exists():
        raise NotPermitted(_("由要交办的单位自己的经办人来提；街道和社区自己安排的事不用准入"))
    if term("matters", class_code) is None:
        raise Invalid(_("请选择事项类别"), field="class_code")
    said = words.line(matter, field="matter", most=100)
    if not said:
        raise Invalid(_("请写明要社区做什么，不写姓名和电话"), field="matter")
    if not offices:
        raise Invalid(_("请选择要交给哪些社区"), field="offices")
    for office in offices:
        if (
            office.kind != UnitKind.COMMUNITY_OFFICE
            or office.district_id != unit.district_id
            or not office.is_open
        ):
            raise Invalid(_("只能交给本区在用的社区居委会，请重新选择"), field="offices")
    given = legal_basis(basis)
    # The same asked twice at once waits here, and finds its row.
    list(Unit.objects.select_for_update(of=("self",)).filter(pk=unit.pk))
    return [_answered(unit, office, class_code, said, given, by) for office in offices]


def _answered(
    unit: Unit, office: Unit, class_code: str, matter: str, basis: str, by: Viewer
) -> Admission:
    now = clock.now()
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    same = Admission.objects.filter(
        unit=unit, office=office, class_code=class_code, matter=matter, asked_at__gte=midnight
    )
    standing = same.first()
    if standing is not None:
        return standing
    answer = admission_for(unit.district_id, class_code, unit, office, clock.today())
    row = Admission(
        district_id=unit.district_id,
        unit=unit,
        office=office,
        class_code=class_code,
        matter=matter,
        basis=basis,
        duty=answer.duty,
        clause=answer.clause,
        state=AdmissionState.LISTED if answer.is_allowed else AdmissionState.REFUSED,
        asked_by=by.user_id,
        asked_at=now,
    )
    if answer.admission_id is not None:
        _as_before(row, Admission.objects.get(pk=answer.admission_id))
    row.save()
    signals.admission_answered.send(sender=Admission, admission=row)
    audit.record(
        by=by,
        verb="duties.ask_admission",
        subject_kind="admission",
        subject_id=row.pk,
        detail={"class": class_code, "office": office.pk, "state": row.state},
    )
    return row


def _as_before(row: Admission, let_in: Admission) -> None:
    """What the street let in already is let in by the same person, for the same reason and time."""
    row.state = AdmissionState.ALLOWED
    row.allowed_by, row.allowed_at = let_in.allowed_by, let_in.allowed_at
    row.allowed_because, row.allowed_until = let_in.allowed_because, let_in.allowed_until


@transaction.atomic
def allow_admission(*, admission: Admission, reason: str, until: date, by: Viewer) -> Admission:
    """Let in by name what the list refused, for a reason, until a last day.

    Refuses (NotPermitted) whoever does not oversee the community's street, and who asked; Invalid
    without a reason, for a day that is over and one more than a year off; Conflict for what was not
    refused, and for what the list says was taken back from above.
    """
    require(by, Right.OVERSEE)
    row = Admission.objects.select_for_update(of=("self",)).get(pk=admission.pk)
    if not (by.is_system or Admission.objects.filter(overseen(by), pk=row.pk).exists()):
        raise NotPermitted(_("由这个社区所在街道的值班长或领导来准"))
    if row.asked_by is not None and row.asked_by == by.user_id:
        raise NotPermitted(_("提出的人不能自己准，请另一位值班长或领导来准"))
    if row.state != AdmissionState.REFUSED:
        raise Conflict(_("这一项不用再准：不是清单内，就是已经准入"))
    if is_taken_back(row, clock.today()):
        raise Conflict(TAKEN_BACK)
    said = words.line(reason, field="reason", most=200)
    if not said:
        raise Invalid(_("请写明为什么准入，例如会议纪要或文件号"), field="reason")
    today = clock.today()
    if until < today:
        raise Invalid(_("“到哪天止”已经过去，请写今天以后的一天"), field="until")
    if until > today + _LONGEST:
        raise Invalid(_("一次最多准一年，到期再准"), field="until")
    row.state = AdmissionState.ALLOWED
    row.allowed_by, row.allowed_at = by.user_id, clock.now()
    row.allowed_because, row.allowed_until = said, until
    row.save(
        update_fields=["state", "allowed_by", "allowed_at", "allowed_because", "allowed_until"]
    )
    signals.admission_answered.send(sender=Admission, admission=row)
    audit.record(
        by=by,
        verb="duties.allow_admission",
        subject_kind="admission",
        subject_id=row.pk,
        detail={"office": row.office_id, "until": until.isoformat()},
    )
    return row
