"""What is so of upgrades on this machine."""

from gezhi.ground.upgrades import state
from gezhi.ground.upgrades.installation import found
from gezhi.ground.upgrades.state import State


def newest() -> State | None:
    """The newest upgrade; None where there was none, or programs come from source. Raises
    `state.Unreadable` where its file cannot be understood."""
    installation = found()
    return None if installation is None else state.read(installation.state_file)


def is_unfinished() -> bool:
    """Whether an upgrade broke off: nothing may work on the data before it went on or back."""
    try:
        now = newest()
    except state.Unreadable:
        return True
    return now is not None and not now.is_ended
