"""即采即办: what a grid worker settles where it lies, alone or together with reporting it."""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.assignments import note_finished
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.deeds.report import report
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.intake.report_text import Intake, Receipt
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed, Rule, Standing, State
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.HANDLE_ON_THE_SPOT,
        Rule(
            moving((State.REPORTED, State.CHECKING)),
            (Standing.GRID,),
            frozenset({Role.GRID_WORKER}),
            "所在网格的网格员",
        ),
        word=gettext_lazy("自行处置"),
        to_reporter=gettext_lazy("网格员当场处理了，等社区核查"),
        to_worker=gettext_lazy("当场处置了"),
        place=110,
        for_reporter=True,
    )
)


def handle_on_the_spot(
    *,
    words: str,
    photos: Photos,
    class_code: str = "",
    before_photos: Photos | None = None,
    happened_at: datetime | None = None,
    **to: Unpack[OnCase],
) -> Step:
    """即采即办: the grid worker settles a case where it lies; the community passes it later.

    Refuses (Invalid) without a photo of the result and without a class.
    """
    words = valid_words(words, required=True, what=_("怎么处置的"))
    if not photos:
        raise Invalid(_("自行处置要有一张处置后的照片"), field="photos")
    before = before_photos or []

    def body(doing: Doing) -> Step:
        case = doing.case
        _settle_class(case, class_code)
        office = units.office_of(case.community_id) if case.community_id else None
        if office is None:
            raise Conflict(_("这里还没有设社区居委会，不能自行处置，请上报"))
        case.on_the_spot = True
        case.accepted_at = doing.now
        note_finished(case, doing.by, office.pk, doing.now)
        doing.move(State.CHECKING, office)
        return doing.finish(words=words, photos={"before": before, "after": photos})

    content = {"words": words, "photos": photos, "before": before, "class": class_code}
    return do(Deed.HANDLE_ON_THE_SPOT, content, body, happened_at=happened_at, **to)


def _settle_class(case: Case, class_code: str) -> None:
    if class_code:
        if codes.term("matters", class_code) is None:
            raise Invalid(_("请选择事项类别"), field="class_code")
        case.class_code = class_code
    if not case.class_code:
        raise Invalid(_("请选择事项类别"), field="class_code")


@transaction.atomic
def report_on_the_spot(
    *,
    intake: Intake,
    words: str,
    photos: Photos,
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
