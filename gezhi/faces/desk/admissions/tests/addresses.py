"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.records.duties import actions as duties
from gezhi.records.duties.models import Admission
from gezhi.work.cases.tests.playing import a_class
from tests.cast import Cast


def furnish(cast: Cast) -> None:
    """Something that was refused to one community."""
    duties.ask_admission(
        unit=cast.street.sanitation,
        offices=[cast.street.office],
        class_code=a_class(),
        matter="登记院落的垃圾桶",
        by=cast.handler.viewer,
    )


def values(cast: Cast) -> dict[str, str]:
    """The one that was refused."""
    return {"admission_id": str(Admission.objects.latest("pk").pk)}
