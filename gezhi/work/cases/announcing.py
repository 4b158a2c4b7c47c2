"""Who is told of a step. Rows of notices are keyed by step and person: twice tells once."""

from collections.abc import Iterable

from gezhi.ground.accounts.models import User
from gezhi.ground.notices import actions as notices
from gezhi.ground.notices.recipients import Recipient
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.viewer import Role
from gezhi.records.posts import queries as posts
from gezhi.records.units import queries as units
from gezhi.work.cases.declared import DECLARED, Tells
from gezhi.work.cases.models import Case, Report, Reporter, Step
from gezhi.work.cases.queries.visible import visible_or_asked
from gezhi.work.cases.rules import UNIT_STAFF, Deed


def reporter_of(report_id: int) -> Recipient | None:
    """How to reach the reporter of a report, opened at the moment of sending; None if anonymous."""
    reporter = Reporter.objects.select_related("report").filter(pk=report_id).first()
    if reporter is None:
        return None
    return Recipient(
        address=open_sealed(reporter, "phone"),
        language=reporter.report.language,
        number=reporter.report.number,
    )


def announce_step(step_id: int) -> None:
    """Write notices for one step; safe to run again."""
    step = Step.objects.select_related("case").get(pk=step_id)
    case = step.case
    declared = DECLARED[Deed(step.deed)]
    tells = declared.tells
    kind = f"case_{step.deed}"
    if step.reason_code and step.reason_code in tells.by_reason:
        kind = f"{kind}_{step.reason_code}"
    if tells.unit and tells.unit_at in (None, step.to_state):
        _tell_unit(step, kind=tells.kind or kind, roles=tells.unit)
    _tell_named(step, tells, kind)
    if tells.centre:
        centre = units.centre_of(case.district_id, case.street_id)
        _tell_people_of(step, [centre.pk], kind, tells.centre)
    if tells.grid:
        _tell_grid(step, kind=kind)
    if _came_into_its_grid(step):
        _tell_grid(step, kind="case_report")
    if tells.reporters and not (declared.untold is not None and declared.untold(step)):
        reports = Report.objects.filter(case=case)
        if step.deed in (Deed.REPORT, Deed.JOIN):
            reports = reports.filter(pk=step.report_id or 0)
        for report_id in reports.filter(anonymous=False).values_list("pk", flat=True):
            notices.send_to_report_now(
                report_id=report_id,
                kind=kind,
                key=f"{step.pk}:report:{report_id}",
                district_id=case.district_id,
            )


def _came_into_its_grid(step: Step) -> bool:
    """Whether the place was put right in this step and lies in another grid or community: new to its workers.

    Whoever is asked is told of the question already.
    """
    was, now = step.detail.get("was"), step.detail.get("now")
    if not was or not now or step.deed == Deed.ASK:
        return False
    return bool((was["grid"], was["community"]) != (now["grid"], now["community"]))


def _tell_grid(step: Step, *, kind: str) -> None:
    """The workers of its grid; where only the community is known, the clerks of that."""
    case = step.case
    if case.grid_id is not None:
        for user in posts.workers_of_grid(case.grid_id):
            _notify(step, user, kind)
    elif case.community_id is not None and step.deed != Deed.FINISH:
        office = units.office_of(case.community_id)
        clerks = posts.users_in(office.pk, (Role.COMMUNITY_CLERK,)) if office else ()
        for user in clerks:
            _notify(step, user, kind)


def _tell_unit(step: Step, *, kind: str, roles: tuple[Role, ...]) -> None:
    if step.holder_after_id is None:
        return
    for user in posts.users_in(step.holder_after_id, roles):
        _notify(step, user, kind)


def _tell_named(step: Step, tells: Tells, kind: str) -> None:
    """Whom the step itself names: units, a person, and for some reasons the centre."""
    case = step.case
    if step.reason_code and step.reason_code in tells.centre_for:
        centre = units.centre_of(case.district_id, case.street_id)
        _tell_people_of(step, [centre.pk], f"{kind}_{step.reason_code}", tells.centre_roles)
    if tells.units_named:
        named = step.detail.get(tells.units_named) or ()
        _tell_people_of(step, named, f"{kind}_{tells.units_named}", UNIT_STAFF)
    if tells.person_named:
        for user in User.objects.filter(pk=step.detail.get(tells.person_named), is_active=True):
            _notify(step, user, f"{kind}_{tells.person_named}")


def _tell_people_of(step: Step, unit_ids: Iterable[int], kind: str, roles: Iterable[Role]) -> None:
    for unit_id in unit_ids:
        for user in posts.users_in(unit_id, roles):
            _notify(step, user, kind)


def may_know(case: Case, user: User) -> bool:
    """Of a restricted case only those are told who have it in hand, or are asked about it."""
    if not case.is_restricted:
        return True
    return visible_or_asked(posts.viewer_of(user)).filter(pk=case.pk).exists()


def warn(case: Case, users: Iterable[User], *, kind: str, key: str) -> None:
    """Tell these people of what no step says, each once for this key; of a restricted case only
    those who have it in hand."""
    for user in users:
        if may_know(case, user):
            notices.notify_user(
                user_id=user.pk,
                kind=kind,
                subject_kind="case",
                subject_id=case.pk,
                subject_number=case.number,
                key=f"{key}:{user.pk}",
                district_id=case.district_id,
            )


def _notify(step: Step, user: User, kind: str) -> None:
    if user.pk == step.user_id or not may_know(step.case, user):
        return
    notices.notify_user(
        user_id=user.pk,
        kind=kind,
        subject_kind="case",
        subject_id=step.case_id,
        subject_number=step.case.number,
        key=f"{step.pk}:{user.pk}",
        district_id=step.district_id,
    )
