"""核实: the grid worker of the place is asked whether it is so."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.intake.report_text import Where
from gezhi.work.cases.intake.validating import valid_where
from gezhi.work.cases.models import Step, Verification
from gezhi.work.cases.relocating import asked_of, put_right
from gezhi.work.cases.rules import INTAKE, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.ASK,
        Rule(
            moving((State.REPORTED, State.VERIFYING)),
            (Standing.HOLDER,),
            INTAKE,
            "持有单位的受理员",
        ),
        word=gettext_lazy("请网格员核实"),
        to_reporter=gettext_lazy("%(unit)s请网格员到现场看看"),
        to_worker=gettext_lazy("请您到现场核实"),
        tells=Tells(grid=True),
        place=10,
    )
)


def ask(*, words: str = "", where: Where | None = None, **to: Unpack[OnCase]) -> Step:
    """核实: ask the grid worker of the place whether it is so; the question has its own clock.

    A case on no grid is asked of its community's clerks; with `where` it is written down there
    first, as by `relocate`. Refuses (Invalid) a case of no known community: nobody could be asked;
    and a restricted one without words: whoever is asked sees its place and the question, nothing else.
    """
    words = valid_words(words)
    where = valid_where(where) if where else None
    content = {"words": words, **({"where": asked_of(where)} if where else {})}
    return do(Deed.ASK, content, lambda doing: _ask(doing, words, where), **to)


def _ask(doing: Doing, words: str, where: Where | None) -> Step:
    case = doing.case
    moved = put_right(case, where, doing.seals) if where else {}
    if case.grid_id is None and case.community_id is None:
        raise Invalid(_("还不知道在哪个社区：请选一个社区来核实，或先改地点"), field="community")
    if case.is_restricted and not words:
        raise Invalid(
            _("这件事保密，去看的人看不到反映人的话：请写明到哪里看什么，不要写是谁说的"),
            field="words",
        )
    doing.move(State.VERIFYING, doing.holder)
    question = Verification(
        district_id=case.district_id,
        case=case,
        grid_id=case.grid_id,
        asked_at=doing.now,
        asked_by=doing.by.user_id,
        due_at=doing.due_at,
    )
    doing.seals.insert(question)
    return doing.finish(words=words, detail=moved or None)
