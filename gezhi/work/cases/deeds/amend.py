"""来件更正: the other system sent its order again, and what it changed is copied."""

from typing import Any, Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel import rows, secrets
from gezhi.kernel.errors import Conflict
from gezhi.kernel.fields import seal_into
from gezhi.kernel.viewer import Role
from gezhi.work.cases import signals
from gezhi.work.cases.classing import set_class
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.intake.report_text import Contact, Origin
from gezhi.work.cases.models import Case, Report, Reporter, Step
from gezhi.work.cases.rules import OPEN, Confidentiality, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.AMEND,
        Rule(staying(OPEN), (Standing.SYSTEM,), who="系统"),
        word=gettext_lazy("来件更正"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.ACCEPTOR, Role.DISPATCHER)),
        while_hung=True,
    )
)


def amend(
    *,
    report_id: int,
    origin: Origin,
    confidential: bool = False,
    contact: Contact | None = None,
    words: str = "",
    class_code: str = "",
    **to: Unpack[OnCase],
) -> Step:
    """Copy what another system changed of its order: version and due time, how to reach the
    reporter, and that they are to be kept confidential from now on.

    Its due time is theirs: none is reckoned. Confidential is not taken back: what was kept so stays.
    A case of several orders keeps the first of their due times. What the reporter said before stays
    as it was said; new words come by `add_word`. `words` say what changed, for staff, and name nobody.

    `class_code` is what their class means here, said later than the order came: nobody is told, and
    the clock runs as it did. Refuses it (Conflict) once the case was accepted, when whoever accepted
    it has settled the class, and (Invalid) one that is none.
    """
    words = valid_words(words)
    content: dict[str, Any] = {
        "report": report_id,
        "origin": [origin.system, origin.number, origin.version],
        "due": origin.due_at.isoformat() if origin.due_at else "",
        "confidential": confidential,
        "contact": [contact.name, contact.phone] if contact else [],
        "words": words,
        **({"class": class_code} if class_code else {}),
    }

    def body(doing: Doing) -> Step:
        if class_code:
            if doing.case.state != State.REPORTED:
                raise Conflict(_("这件事已经受理，类别由受理员定了"), code="state")
            set_class(doing.case, class_code=class_code)
            doing.announced = False
        report = Report.objects.get(pk=report_id, case=doing.case)
        kept: dict[str, Any] = {"confidential": True} if confidential else {}
        if origin.due_at is not None:
            kept["promised_at"] = origin.due_at
        if contact is not None:
            kept["anonymous"] = contact.is_empty
            _reach(doing, report, contact)
        if kept:
            doing.seals.change(report, **kept)
        _copy(doing.case, origin)
        newly = confidential and not doing.case.is_restricted
        if newly:
            doing.case.confidentiality = Confidentiality.RESTRICTED
        step = doing.finish(
            words=words,
            detail={
                "version": origin.version,
                "due": content["due"],
                "confidential": newly,
                **({"class": class_code} if class_code else {}),
            },
        )
        if newly:
            signals.restricted.send(sender=Case, case=doing.case, step=step)
        return step

    return do(Deed.AMEND, content, body, **to)


def _copy(case: Case, origin: Origin) -> None:
    if (case.origin_system, case.origin_number) == (origin.system, origin.number):
        case.origin_version = origin.version
        case.origin_due_at = origin.due_at or case.origin_due_at
    elif origin.due_at is not None:
        case.origin_due_at = min(origin.due_at, case.origin_due_at or origin.due_at)


def _reach(doing: Doing, report: Report, contact: Contact) -> None:
    """Have the reporter reached as the other system says now."""
    row = Reporter.objects.filter(report=report).first()
    is_new = row is None
    reporter = row or Reporter(report=report)
    if not is_new:
        doing.seals.watch(reporter)
    seal_into(reporter, "name", contact.name)
    seal_into(reporter, "phone", contact.phone)
    reporter.phone_index = secrets.blind_index("phone", contact.phone) if contact.phone else ""
    if is_new:
        doing.seals.insert(reporter)
    else:
        doing.seals.settle(reporter)
        rows.change(reporter, ["name", "phone", "phone_index", "seal"])
