"""The models of this process: read once a version, forgotten when another comes in force.

A model that is missing, broken or not the file that was trained is left aside and tried again after
a minute; whoever asked goes on without it.
"""

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gezhi.kernel.secrets import digest
from gezhi.methods.classify import Model
from gezhi.work.triage.models import TrainedModel

logger = logging.getLogger("gezhi.triage")
TRY_AGAIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in force with the row that tells of it."""

    id: int
    model: Model


@dataclass(slots=True)
class _Slot:
    id: int
    loaded: Loaded | None
    tried_at: float


_slots: dict[tuple[int, str], _Slot] = {}
_lock = threading.Lock()


def path_of(model_id: int, what: str, district_id: int) -> Path:
    """Where the file of a trained model lies."""
    return Path(settings.GEZHI_HOME) / "models" / f"{district_id}-{what}-{model_id}.npz"


def digest_of(path: Path) -> str:
    """SM3 of a model's file, as hex."""
    return digest(path.read_bytes()).hex()


def model_in_force(district_id: int, what: str) -> Loaded | None:
    """The model in force for this question, or None when there is none that can be read."""
    row = (
        TrainedModel.objects.filter(district_id=district_id, what=what, in_force=True)
        .values_list("pk", "digest")
        .first()
    )
    if row is None:
        _slots.pop((district_id, what), None)
        return None
    with _lock:
        slot = _slots.get((district_id, what))
        if slot is None or slot.id != row[0] or _is_stale(slot):
            slot = _Slot(row[0], _read(row[0], row[1], what, district_id), time.monotonic())
            _slots[district_id, what] = slot
    return slot.loaded


def forget() -> None:
    """Leave every model of this process aside; for tests."""
    _slots.clear()


def _is_stale(slot: _Slot) -> bool:
    return slot.loaded is None and time.monotonic() - slot.tried_at > TRY_AGAIN_SECONDS


def _read(model_id: int, expected: str, what: str, district_id: int) -> Loaded | None:
    path = path_of(model_id, what, district_id)
    try:
        if digest_of(path) != expected:
            logger.error("model %d is not the file that was trained", model_id)
            return None
        return Loaded(model_id, Model.load(path))
    # Whatever is wrong with a file, a case does not wait for it.
    except Exception as error:
        logger.error("model %d cannot be read: %s", model_id, type(error).__name__)
        return None
