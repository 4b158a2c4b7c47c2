"""Whether the keys in the folder are those the data were sealed with.

Each key that was ever in use leaves a mark in the database: its name and its id, which is a check
value made with the key itself. A folder that lost a key, or belongs to another installation, is
told at once, before a page fails on it and before anybody makes a new key over old data.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.models import Entry, KeyMark
from gezhi.ground.audit.rules import KEY, entry_content, fits
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid
from gezhi.kernel.fields import SealedTextField

_FIELD = "field"


def remember() -> None:
    """Mark every living key that has no mark yet; called when all is known to be well."""
    use = secrets.provider()
    known = set(KeyMark.objects.values_list("name", "key_id"))
    for name in secrets.PURPOSES:
        for key_id in use.key_ids(name):
            if (name, key_id) not in known:
                KeyMark.objects.create(name=name, key_id=key_id, marked_at=clock.now())


def faults(folder: Path) -> list[str]:
    """What is wrong with the keys of this folder for these data, each with what to do.

    Empty for a database without tables: there is nothing yet a key could be wrong for.
    """
    try:
        held = _held(folder)
    except secrets.KeyDamaged as error:
        return [
            _("密钥文件坏了（%(what)s）：用备份的那一个换回来，不要删掉它另做") % {"what": error}
        ]
    except OSError:
        return [
            _("密钥文件夹 %(folder)s 读不了：检查它的权限，和它所在的磁盘有没有挂上")
            % {"folder": folder}
        ]
    tables = set(connection.introspection.table_names())
    if KeyMark._meta.db_table in tables and KeyMark.objects.exists():
        missing = _missing(held)
    elif Entry._meta.db_table in tables and Entry.objects.exists():
        missing = _missing_by_data(held, tables)
    else:
        missing = []
    return [_put_back(folder, missing)] if missing else []


@transaction.atomic
def give_up(names: Sequence[str], *, folder: Path) -> None:
    """Note that these keys are lost for good: what they sealed stays closed for ever.

    Only keys that are gone can be given up (Invalid otherwise). It is in the trail afterwards,
    under the audit key that is there then.
    """
    missing = _missing(_held(folder))
    for full in names:
        if full not in missing:
            raise Invalid(
                _("没有丢这一把密钥：%(name)s。丢了的是：%(gone)s")
                % {"name": full, "gone": "、".join(missing) or _("没有")}
            )
        name, _dot, key_id = full.partition(".")
        KeyMark.objects.filter(name=name, key_id=key_id).update(given_up_at=clock.now())


def _held(folder: Path) -> secrets.Provider | None:
    """The keys of the folder; None when it has none."""
    try:
        # A folder that cannot be listed looks like one without keys.
        if folder.exists():
            list(folder.iterdir())
        return secrets.FileProvider(folder)
    except secrets.KeyMissing:
        return None


def _ids(held: secrets.Provider | None, name: str) -> tuple[str, ...]:
    try:
        return held.key_ids(name) if held else ()
    except secrets.KeyMissing:
        return ()


def _missing(held: secrets.Provider | None) -> list[str]:
    """Keys with a mark that was not given up, which are not held: `field.1a2b3c4d` …"""
    marks = KeyMark.objects.filter(given_up_at=None).order_by("name", "marked_at")
    return [
        f"{mark.name}.{mark.key_id}" for mark in marks if mark.key_id not in _ids(held, mark.name)
    ]


def _missing_by_data(held: secrets.Provider | None, tables: set[str]) -> list[str]:
    """In an installation from before there were marks: what its newest rows were sealed with."""
    without = [name for name in secrets.PURPOSES if not _ids(held, name)]
    if held is None or without:
        return without
    newest = Entry.objects.latest("id")
    if not fits(entry_content(newest), newest.digest, use=held):
        return [KEY]
    used = {value.split(".")[1] for value in _sealed_values(tables)}
    return [f"{_FIELD}.{key_id}" for key_id in sorted(used - set(_ids(held, _FIELD)))]


def _sealed_values(tables: set[str]) -> Iterable[str]:
    """The newest sealed value of every sealed column."""
    for model in apps.get_models():
        if model._meta.db_table not in tables:
            continue
        for field in model._meta.fields:
            if isinstance(field, SealedTextField):
                found = model._default_manager.exclude(**{field.name: ""}).order_by("-pk")
                yield from found.values_list(field.name, flat=True)[:1]


def _put_back(folder: Path, names: Iterable[str]) -> str:
    return _(
        "密钥不全：%(folder)s 里没有这些数据用过的密钥（%(names)s）。请把备份的密钥文件放回这个"
        "文件夹，再来一次；这里不会另做新的，换了新密钥，以前的姓名、电话和回执就再也打不开"
    ) % {"folder": folder, "names": "、".join(names)}
