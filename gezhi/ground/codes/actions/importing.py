"""Importing packs of codes; a version once imported is never changed or removed."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.actions import record
from gezhi.ground.codes.actions.enacting import enact, forget_waiting
from gezhi.ground.codes.contents import next_version, rows_of, running_pack, waiting_of
from gezhi.ground.codes.folder import read_folder
from gezhi.ground.codes.models import Pack, Term
from gezhi.ground.codes.rules import PackContent, PackDiff, changed, compare, validate
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, NotPermitted
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of an import: `outcome` is imported, restored (an older version is in force
    again), unchanged (it was in force already), kept (the office changed the one in force) or
    completed (kept, with rows added that it had not)."""

    pack_id: int
    name: str
    version: str
    outcome: str
    rows: int


def import_pack(folder: Path, *, by: Viewer, keep_local: bool = False) -> ImportResult:
    """Import the pack in this folder and put it in force, whole or not at all.

    The same content again changes nothing. The version before stays, and old cases keep its names
    and limits. With `keep_local` a version the office made itself stays in force: an update of the
    software never takes back what an office decided, and adds only rows the office's version has
    not, which the new software asks for ("completed"). A version that waits for its day is taken
    back when another is put in force.

    Refuses: a pack that is not whole (Invalid, naming file and row); another content under a
    version already imported, or a code that another pack in force holds in the same dictionary
    (Conflict); anyone but the system administrator (NotPermitted).
    """
    if not by.is_system and not by.may(Right.SET_UP):
        raise NotPermitted(_("标准包由系统管理员导入"))
    content = read_folder(folder)
    sealed = content.digest()
    with transaction.atomic():
        running = running_pack(content.name, lock=True)
        known = Pack.objects.filter(name=content.name, version=content.version).first()
        if known is not None and known.digest != sealed:
            raise Conflict(
                _("%(name)s %(version)s 已经导入过，内容不同；改了内容请换一个版本号")
                % {"name": content.name, "version": content.version}
            )
        if known is not None and known.in_force:
            return _result(known, content, "unchanged")
        if keep_local and running is not None and is_local(running):
            pack, outcome = _completed(running, content, by)
            return _result(pack, content, outcome)
        _refuse_foreign_codes(content)
        pack, outcome = (known, "restored") if known else (store(content, sealed), "imported")
        forget_waiting(content.name)
        enact(pack, by=by)
        record(
            by=by,
            verb="codes.import_pack",
            subject_kind="pack",
            subject_id=pack.id,
            detail={
                "name": pack.name,
                "version": pack.version,
                "version_before": running.version if running else "",
                "digest": sealed,
                "outcome": outcome,
                "rows": content.dictionaries(),
            },
        )
    return _result(pack, content, outcome)


def _completed(running: Pack, content: PackContent, by: Viewer) -> tuple[Pack, str]:
    """The office's version with the rows it has not; a version that waits for its day gets them too."""
    waiting = waiting_of(running.name).select_related("pack").first()
    if waiting is not None:
        added = _with_missing(waiting.pack, content)
        if added is not None:
            waiting.pack = added
            waiting.save(update_fields=["pack"])
            _tell_completed(added, by)
    added = _with_missing(running, content)
    if added is None:
        return running, "kept"
    enact(added, by=by, reason=_("升级软件：补上新版本要用的行"))
    _tell_completed(added, by)
    return added, "completed"


def _with_missing(pack: Pack, content: PackContent) -> Pack | None:
    """The next version of a pack with the rows of the other that it has not; None where it has all."""
    before = rows_of(pack)
    known = {row.key for row in before}
    missing = [
        row
        for row in content.rows
        # An office that wrote down a year's days off has them all: two notices of one year are none.
        if row.key not in known and not row.dictionary.startswith("calendar")
    ]
    if not missing:
        return None
    whole = PackContent(
        name=pack.name,
        version=next_version(pack),
        title=pack.title,
        source=pack.source,
        rows=changed(before, missing, ()),
        parents=content.parents,
    )
    validate(whole)
    return store(whole, whole.digest(), made_from=pack)


def _tell_completed(pack: Pack, by: Viewer) -> None:
    record(
        by=by,
        verb="codes.complete",
        subject_kind="pack",
        subject_id=pack.id,
        detail={"name": pack.name, "version": pack.version},
    )


def diff_pack(folder: Path) -> PackDiff:
    """What importing this folder would change in the version in force; changes nothing.

    Raises Invalid for a pack that is not whole.
    """
    content = read_folder(folder)
    running = running_pack(content.name)
    if running is None:
        return compare(content, (), "", same=False)
    return compare(
        content, rows_of(running), running.version, same=running.digest == content.digest()
    )


def store(content: PackContent, sealed: str, made_from: Pack | None = None) -> Pack:
    """Write a version with its rows; it is not in force before `enact`."""
    pack = Pack(
        name=content.name,
        version=content.version,
        title=content.title,
        source=content.source,
        digest=sealed,
        imported_at=clock.now(),
        in_force=False,
        made_from=made_from,
    )
    pack.save(force_insert=True)
    Term.objects.bulk_create(
        [
            Term(
                pack=pack,
                dictionary=row.dictionary,
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                parent_code=row.parent_code,
                order=row.order,
                data=dict(row.data),
            )
            for row in content.rows
        ],
        batch_size=500,
    )
    return pack


def is_local(running: Pack) -> bool:
    """Whether the office made the version in force, or one that waits for its day."""
    return running.made_from_id is not None or waiting_of(running.name).exists()


def _refuse_foreign_codes(content: PackContent) -> None:
    """Two packs in force never both say what a code means."""
    ours = {row.key for row in content.rows}
    others = (
        Term.objects.filter(pack__in_force=True, dictionary__in=content.dictionaries())
        .exclude(pack__name=content.name)
        .values_list("dictionary", "code", "pack__name")
    )
    for dictionary, code, pack in others:
        if (dictionary, code) in ours:
            raise Conflict(
                _("字典 %(dictionary)s 的代码 %(code)s 已在标准包 %(pack)s 里")
                % {"dictionary": dictionary, "code": code, "pack": pack}
            )


def _result(pack: Pack, content: PackContent, outcome: str) -> ImportResult:
    return ImportResult(pack.id, pack.name, pack.version, outcome, len(content.rows))
