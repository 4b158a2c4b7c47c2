"""社区事项准入: the community hears what comes to it, the unit that asked how it was answered."""

from gezhi.ground.notices import actions as notices
from gezhi.kernel.rights import Right, roles_with
from gezhi.records.duties.models import Admission, AdmissionState
from gezhi.records.posts import queries as posts


def tell_of_admission(admission_id: int, state: str) -> int:
    """Tell of an answer as it was given then; returns how many were told. Nobody is told twice.

    The community is told of what was let in, by the list or by the street; whoever hands matters down
    in the unit that asked, of every answer.
    """
    row = Admission.objects.get(pk=admission_id)
    let_in = state != AdmissionState.REFUSED
    told = _tell(row, row.unit_id, "admission_let_in" if let_in else "admission_refused", state)
    return told + (_tell(row, row.office_id, "admission_comes", state) if let_in else 0)


def _tell(row: Admission, unit_id: int, kind: str, state: str) -> int:
    people = posts.users_in(unit_id, roles_with(Right.HANDLE))
    for user in people:
        notices.notify_user(
            user_id=user.pk,
            kind=kind,
            subject_kind="admission",
            subject_id=row.pk,
            subject_number="",
            key=f"admission:{row.pk}:{state}:{user.pk}",
            district_id=row.district_id,
        )
    return len(people)
