"""The examination: every check asked once, whatever is broken.

A check that cannot be made is a finding as well, never an error: the doctor is asked when things
are wrong. Nothing is changed, but for an empty file written and taken away again to see whether a
folder takes one (`checks/disk`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from gezhi.ground.backups import restoring
from gezhi.ground.doctor.checks import CHECKS, database
from gezhi.ground.doctor.checks.declared import Check
from gezhi.ground.doctor.rules import Finding, Level, bad, watch, worst
from gezhi.ground.jobs.rules import place_of
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.secrets import SecretsError
from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Looked:
    """One check and what it found: at least one finding."""

    name: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The worst of what was found."""
        return worst(self.findings)


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was found, in the order it was looked at."""

    at: datetime
    looked: tuple[Looked, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of every check."""
        return tuple(finding for one in self.looked for finding in one.findings)

    @property
    def level(self) -> Level:
        """The worst of all."""
        return worst(self.findings)

    def counted(self, level: Level) -> int:
        """How many findings are of this level."""
        return sum(finding.level is level for finding in self.findings)


def examine(viewer: Viewer) -> Examination:
    """Look at everything now. For the system administrator and commands of the machine, since it
    names folders of the machine; Unseen for everybody else. Raises nothing for what is broken."""
    if not (viewer.is_system or viewer.may(Right.SET_UP)):
        raise Unseen(_("没有找到"))
    answers = database.answers()
    looked = [_looked(check) for check in CHECKS if answers or not check.needs_database]
    if not answers:
        looked.append(_unseen([check for check in CHECKS if check.needs_database]))
    return Examination(clock.now(), tuple(looked))


def _looked(check: Check) -> Looked:
    found = tuple(_findings(check))
    if restoring.is_unfinished():
        found = tuple(_after_restoring(finding) for finding in found)
    return Looked(check.name, str(check.title), found)


def _after_restoring(finding: Finding) -> Finding:
    """What else is named as a remedy waits while a restore is half done: `gezhi prepare` refuses."""
    if "gezhi prepare" not in finding.remedy + finding.command:
        return finding
    remedy = _("先照“数据库”那一项把恢复做完，再体检一次。")
    return replace(finding, remedy=remedy, command="gezhi restore")


def _unseen(checks: list[Check]) -> Looked:
    """What asks the database, while that cannot be asked: one line for all of it."""
    finding = watch(
        "unseen.database",
        "、".join(str(check.title) for check in checks),
        _("这几项要问数据库，而数据库现在不能用，不知道它们好不好。"),
        _("先照“数据库”那一项做，再体检一次。"),
        "gezhi doctor",
    )
    return Looked("unseen", _("没有查的"), (finding,))


def _findings(check: Check) -> Iterator[Finding]:
    found = False
    try:
        for finding in check.look():
            found = True
            yield finding
        if found:
            return
        fault = "nothing found"
    except SecretsError:
        # What is wrong with the keys is another check's to tell.
        yield watch(
            f"{check.name}.no_key",
            _("密钥不能用，这一项查不了"),
            _("不知道它好不好。"),
            _("先照“密钥”那一项做，再体检一次。"),
            "gezhi doctor",
        )
        return
    except Exception as error:  # the doctor survives what nobody foresaw, and says where
        fault = place_of(error)
        if isinstance(error, DatabaseError):
            connection.close()
    yield bad(
        f"{check.name}.failed",
        _("这一项查不下去：%(fault)s") % {"fault": fault},
        _("不知道它好不好。"),
        _("先把别的毛病治好，再体检一次；还是这样，把这一行告诉维护的人。"),
        "gezhi doctor",
    )
