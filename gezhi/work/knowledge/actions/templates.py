"""答复模板: written, written anew in place of the old one, ended."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, KeyReused
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge import slots
from gezhi.work.knowledge.models import Template

# The steps whose words a reporter reads: the packs name them so, too.
DEEDS = ("answer", "finish", "reject", "close")
NAME_LENGTH, TEXT_LENGTH = 30, 1000


@transaction.atomic
def write_template(
    *, name: str, deed: str, text: str, class_codes: Sequence[str], by: Viewer, key: str,
    of: Template | None = None,
) -> Template:  # fmt: skip
    """A template in force from now on, in place of `of`. The same key writes once.

    Refuses (Invalid, at its field) a slot that nobody knows, an unknown step or class, no text; (Conflict)
    a name another one in force has, and changing one that has ended.
    """
    require(by, Right.KEEP_TEMPLATES)
    if not key:
        raise Invalid(_("缺少操作编号，请重新打开页面"))
    before = Template.objects.filter(key=key).first()
    if before is not None:
        if before.written_by != by.user_id:
            raise KeyReused(_("这一步刚才已经提交过，没有再做一次。"))
        return before
    plain_name = words.line(name, field="name", most=NAME_LENGTH)
    if not plain_name:
        raise Invalid(_("请给模板起个名字"), field="name")
    if deed not in DEEDS:
        raise Invalid(_("请选用在哪一步"), field="deed")
    classes = [code for code in dict.fromkeys(class_codes) if code]
    if any(codes.term("matters", code) is None for code in classes):
        raise Invalid(_("没有这个类别，请重新选"), field="class_codes")
    whole = valid_text(text)
    district_id = by.district_id or 0
    if of is not None:
        _end(of, by)
    others = Template.objects.filter(district_id=district_id, name=plain_name, ended_at=None)
    if others.exists():
        raise Conflict(_("已有一个叫这个名字的模板，请换个名字"), field="name")
    row = Template(
        district_id=district_id, name=plain_name, deed=deed, text=whole, class_codes=classes,
        key=key, written_by=by.user_id, written_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    _record(row, "knowledge.write_template", by)
    return row


@transaction.atomic
def end_template(*, template: Template, by: Viewer) -> Template:
    """Offer it no more. Refuses (Conflict) one that has ended."""
    require(by, Right.KEEP_TEMPLATES)
    row = _end(template, by)
    _record(row, "knowledge.end_template", by)
    return row


def slot_names() -> dict[str, str]:
    """The slots there are, code and name."""
    return {row.code: row.name for row in codes.terms("answer_slots")}


def valid_text(text: str) -> str:
    """The text with its slots by their codes; Invalid for none, too long, or an unknown slot."""
    plain = words.clean(text, field="text")
    if not plain:
        raise Invalid(_("请写模板"), field="text")
    if len(plain) > TEXT_LENGTH:
        said = _("太长：最多 %(most)d 个字，现在 %(now)d 个")
        raise Invalid(said % {"most": TEXT_LENGTH, "now": len(plain)}, field="text")
    names = slot_names()
    wrong = slots.unknown(plain, names)
    if wrong:
        said = _("没有这样的空：%(wrong)s。可以用的空：%(names)s")
        known = "、".join(names.values())
        raise Invalid(said % {"wrong": "、".join(wrong), "names": known}, field="text")
    return slots.coded(plain, names)


def _end(template: Template, by: Viewer) -> Template:
    require_district(by, template.district_id)
    row = Template.objects.select_for_update().get(pk=template.pk)
    if row.ended_at is not None:
        raise Conflict(_("这个模板已经停用或改过了，请看现在的"), code="ended")
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    return row


def _record(row: Template, verb: str, by: Viewer) -> None:
    audit.record(by=by, verb=verb, subject_kind="template", subject_id=row.pk)
