"""发临时链接: a unit without anybody in post gets a door to the one case sent to it."""

from datetime import timedelta
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.kernel.fields import seal_into
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Role
from gezhi.kernel.words import line
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.invitations import InvitationContact
from gezhi.work.cases.inviting import (
    INVITED,
    cannot_invite,
    code_index,
    hours,
    link_index,
    open_assignments,
    signs_of,
    without_mobiles,
)
from gezhi.work.cases.models import Invitation, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

CONTACT_LENGTH = 60
INVITERS = frozenset({Role.DISPATCHER, Role.COMMUNITY_CLERK})

declare(
    Declared(
        Deed.INVITE,
        Rule(
            staying(INVITED),
            (Standing.CENTRE, Standing.AREA),
            INVITERS,
            "街道网格中心的派遣员或社区工作人员",
        ),
        word=gettext_lazy("发临时链接"),
        announced=False,
        place=71,
        refusal=cannot_invite,
        quiet=lambda case: case.is_restricted or not open_assignments(case),
        while_hung=True,
    )
)


def invite(
    *, unit_id: int, brief: str, contact: str = "", photos: bool = False, **to: Unpack[OnCase]
) -> Step:
    """发临时链接: a link and a code (`inviting.signs_of` the doer and the key) for a unit's part of
    this case, good for the hours of the pack; one made before for the same part ends with it.

    Whoever opens it reads the `brief` in the place of the reporter's words, the place, the `contact`
    if one is given, and the reports' photos only with `photos`. Refuses (Conflict) a confidential
    case and one whose units have people in post; (Invalid) a unit that is not among those without,
    an empty brief, and one with a mobile number in it: whose number somebody outside gets is said
    as the contact.
    """
    brief = valid_words(brief, required=True, what=_("要办什么"))
    without_mobiles(brief, field="brief", instead=_("要给对方看的，先问过本人，写在“现场找谁”里"))
    contact = line(contact, most=CONTACT_LENGTH, field="contact")

    def body(doing: Doing) -> Step:
        given = {row.unit_id: row for row in open_assignments(doing.case)}
        assignment = given.get(unit_id)
        if assignment is None:
            raise Invalid(_("请选一个没有人在岗、这件事派到的单位"), field="unit_id")
        for before in Invitation.objects.filter(assignment=assignment, ended_at=None):
            doing.seals.change(
                before, ended_at=doing.now, ended_by=doing.by.user_id, ending="replaced"
            )
        signs = signs_of(doing.by, doing.key)
        row = Invitation(
            pk=new_id(),
            district_id=doing.case.district_id,
            case=doing.case,
            assignment=assignment,
            unit_id=unit_id,
            link_index=link_index(signs.link),
            shows_photos=photos,
            made_at=doing.now,
            made_by=doing.by.user_id,
            ends_at=doing.now + timedelta(hours=hours()),
        )
        row.code_index = code_index(row.pk, signs.code)
        doing.seals.insert(row)
        if contact:
            beside = InvitationContact(invitation=row)
            seal_into(beside, "words", contact)
            doing.seals.insert(beside)
        doing.mark(Mark.INVITED)
        return doing.finish(words=brief, detail={"invitation": row.pk, "to": unit_id})

    content = {"unit": unit_id, "words": brief, "contact": contact, "shown": photos}
    return do(Deed.INVITE, content, body, **to)
