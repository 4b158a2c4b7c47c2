"""The way back: the old program and the data from before, together or not at all.

Each step may be done again, so that a machine that loses its power here goes on at its next start.
"""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.backups import engines
from gezhi.ground.upgrades import incoming, state
from gezhi.ground.upgrades.installation import Installation
from gezhi.ground.upgrades.state import Stage, State
from gezhi.kernel.errors import Conflict

Tell = Callable[[str], None]


def roll_back(installation: Installation, now: State, *, why: str, tell: Tell) -> State:
    """Bring back the version and the data from before this upgrade; answers how it stands then.

    Where the new program never touched the data they are not written to. Raises Conflict where the
    way back cannot be gone to its end; what is done already stays, and it can be tried again.
    """
    now = state.write(installation.state_file, now, stage=Stage.RETURNING, why=why)
    if now.touched:
        tell(_("把数据换回换版前的那一份"))
        engines.in_use().replace(Path(now.copy))
    if installation.current() != now.old:
        tell(_("换回 %(version)s") % {"version": now.old})
        installation.switch(now.old)
    if now.touched:
        done = installation.run(now.old, "prepare")
        if done.returncode:
            raise Conflict(
                _("退回没有做完：旧程序准备不好（%(said)s）。治好以后运行 gezhi upgrade --resume")
                % {"said": last_line(done.stderr or done.stdout)}
            )
    incoming.clear(installation)
    # One that is whole stays for another try; the next upgrade that is done takes it away.
    if not installation.is_whole(now.new):
        installation.remove(now.new)
    return state.write(installation.state_file, now, stage=Stage.RETURNED)


def last_line(text: str) -> str:
    """The last line a program said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "?"
