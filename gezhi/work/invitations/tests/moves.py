"""What happens by links as random histories do it (`tests/journeys`): at the right moment, or never."""

from gezhi.work.cases import actions
from gezhi.work.cases.doing import OnCase
from gezhi.work.cases.models import Invitation
from tests.journeys.occasions import Move, Occasion


def _guest(at: Occasion) -> OnCase:
    """Whoever holds the newest link of the case, whether it still holds or not; without one nobody."""
    rows = Invitation.objects.filter(case=at.play.case).order_by("-id")
    return {
        "number": at.play.receipt.case_number,
        "by": at.play.stranger,
        "key": at.key,
        "invitation": rows.first() if at.who % 5 else rows.last(),
    }


def _send_outside(at: Occasion) -> None:
    actions.dispatch(
        by=at.likeliest("dispatcher"),
        words="请去看看",
        lead_unit_id=at.cast.street.property_firm.pk,
        **at.common,
    )


def _invite(at: Occasion) -> None:
    actions.invite(
        by=at.viewer("dispatcher", "li"),
        unit_id=at.cast.street.property_firm.pk,
        brief="把门口的袋子清走",
        contact="门卫老周" if at.who % 2 else "",
        photos=bool(at.who % 3),
        **at.common,
    )


def _finish(at: Occasion) -> None:
    actions.finish(words="清走了", photos=[at.play.photo()], **_guest(at))


MOVES: dict[str, Move] = {
    "send outside": _send_outside,
    "invite": _invite,
    "revoke": lambda at: actions.revoke(by=at.viewer("dispatcher", "supervisor"), **at.common),
    "respond": lambda at: actions.respond(
        by=at.viewer("dispatcher", "li"), words="在门卫那里", **at.common
    ),
    "guest takes": lambda at: actions.take(**_guest(at)),
    "guest asks": lambda at: actions.inquire(words="钥匙在谁那里？", **_guest(at)),
    "guest finishes": _finish,
    "guest assists": lambda at: actions.assist(words="门开好了", **_guest(at)),
}
OFTEN = ("send outside", "invite", "guest takes", "guest finishes")
