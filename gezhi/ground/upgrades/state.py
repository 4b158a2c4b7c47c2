"""How far an upgrade is, in one small file that outlives a loss of power.

`checking → copying → installing → migrating → examining → switching → done`, or from anywhere
`returning → returned`. A stage is written before it begins, so that whoever starts next knows what
may be half done.
"""

import json
import os
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from gezhi.ground.upgrades import installer


class Stage(StrEnum):
    CHECKING = "checking"
    COPYING = "copying"
    INSTALLING = "installing"
    MIGRATING = "migrating"
    EXAMINING = "examining"
    SWITCHING = "switching"
    DONE = "done"
    RETURNING = "returning"
    RETURNED = "returned"


ENDED = frozenset({Stage.DONE, Stage.RETURNED})


@dataclass(frozen=True, slots=True)
class State:
    """One upgrade: from which version to which, how far, and the copy of the data from before it.

    `last_entry` is the newest row of the trail when it was done: what is newer would be lost by
    going back. `touched` says whether the new program may have changed the data.
    """

    stage: Stage
    old: str
    new: str
    begun_at: str
    copy: str = ""
    touched: bool = False
    last_entry: int = 0
    why: str = ""
    bad_before: list[str] = field(default_factory=list)

    @property
    def is_ended(self) -> bool:
        """Whether nothing is left to be done."""
        return self.stage in ENDED


def read(file: Path) -> State | None:
    """The state of the newest upgrade; None where there was none."""
    try:
        told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return State(**told | {"stage": Stage(told["stage"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Unreadable(str(file)) from error


def write(file: Path, state: State, **changes: Any) -> State:
    """Have the state on the disk before anything else is done; answers it."""
    state = replace(state, **changes)
    part = file.with_name(f".{file.name}.part")
    with part.open("w", encoding="utf-8") as target:
        json.dump(asdict(state), target, ensure_ascii=False, indent=2)
        target.flush()
        os.fsync(target.fileno())
    part.replace(file)
    installer.sync_folder(file.parent)
    return state


class Unreadable(ValueError):
    """The file is there and cannot be understood."""
