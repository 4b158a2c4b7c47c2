"""即采即办: what a grid worker settles where it lies, alone or together with reporting it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.actions.handling import note_finished
from gezhi.work.cases.actions.report import Intake, Receipt, report
from gezhi.work.cases.doing import begin
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed, State
from gezhi.work.deeds.asked import checked_words


@transaction.atomic
def handle_on_the_spot(
    *,
    number: str,
    by: Viewer,
    key: str,
    words: str,
    photos: list[int],
    class_code: str = "",
    before_photos: list[int] | None = None,
    happened_at: datetime | None = None,
    version: int | None = None,
) -> Step:
    """即采即办: the grid worker settles a matter where it lies; the community passes it later.

    Refuses (Invalid) without a photo of the result and without a class.
    """
    words = checked_words(words, required=True, what=_("怎么处置的"))
    if not photos:
        raise Invalid(_("自行处置要有一张处置后的照片"), field="photos")
    doing = begin(
        Deed.HANDLE_ON_THE_SPOT,
        number=number,
        by=by,
        key=key,
        version=version,
        happened_at=happened_at,
        content={
            "words": words,
            "photos": photos,
            "before": before_photos or [],
            "class": class_code,
        },
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    if class_code:
        if codes.term("matters", class_code) is None:
            raise Invalid(_("请选择事项类别"), field="class_code")
        case.class_code = class_code
    if not case.class_code:
        raise Invalid(_("请选择事项类别"), field="class_code")
    office = units.office_of(case.community_id) if case.community_id else None
    if office is None:
        raise Conflict(_("这里还没有设社区居委会，不能自行处置，请上报"))
    case.on_the_spot = True
    case.accepted_at = doing.now
    note_finished(case, by, office.pk, doing.now)
    doing.move(State.CHECKING, office)
    return doing.finish(
        words=words,
        for_reporter=True,
        photos={"before": before_photos or [], "after": photos},
    )


@transaction.atomic
def report_on_the_spot(
    *,
    intake: Intake,
    words: str,
    photos: list[int],
    by: Viewer,
    key: str,
) -> Receipt:
    """上报并自行处置 in one go: both or neither; photos of the intake show it before.

    Refuses what `report` and `handle_on_the_spot` refuse, above all a place outside the worker's
    own grid.
    """
    receipt = report(intake=intake, by=by, key=key)
    try:
        handle_on_the_spot(
            number=receipt.case_number,
            by=by,
            key=derived(key, "spot"),
            words=words,
            photos=photos,
        )
    except (Unseen, NotPermitted) as refusal:
        raise Invalid(_("这里不在您的网格，不能自行处置，请改为上报"), field="place") from refusal
    return receipt
