"""A local metric plane for coordinates that may be degrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gezhi.methods.divide.rules import Floats, Refused

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Plane:
    """x and y are multiplied by `scale` after taking off `origin`; degrees become metres.

    Over the few kilometres of a community the error of this is below one in a thousand, and only
    nearness is asked of it; every shape goes back to the coordinates it came in.
    """

    origin: tuple[float, float]
    scale: tuple[float, float]

    def into(self, shapes: Any) -> Any:
        """The shapes (array) in the plane, flattened to two dimensions."""
        if not len(shapes):
            return np.asarray([], dtype=object)
        return shapely.transform(
            shapely.force_2d(shapes), lambda xy: (xy - self.origin) * self.scale
        )

    def back(self, shapes: Any) -> Any:
        """The shapes (array) in the coordinates they came in."""
        if not len(shapes):
            return np.asarray([], dtype=object)
        return shapely.transform(shapes, lambda xy: xy / self.scale + self.origin)


def plane_of(shapes: Sequence[BaseGeometry], geographic: bool | None = None) -> Plane:
    """The plane around these shapes.

    Raises `Refused`: `empty_shape` for a missing or empty shape, `mixed_crs` when some shapes
    look like degrees and others like metres, `coordinates` for values that are not finite.
    """
    array = np.asarray(shapes, dtype=object)
    void = shapely.is_missing(array) | shapely.is_empty(array)
    if void.any():
        raise Refused("empty_shape", atoms=np.flatnonzero(void).tolist())
    bounds: Floats = shapely.bounds(array)
    if not np.isfinite(bounds).all():
        raise Refused("coordinates", atoms=np.flatnonzero(~np.isfinite(bounds).all(1)).tolist())
    degrees = (np.abs(bounds[:, [0, 2]]) <= 180).all(1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(1)
    middle = (bounds[:, :2].min(0) + bounds[:, 2:].max(0)) / 2
    spread = bounds[:, 2:].max(0) - bounds[:, :2].min(0)
    if geographic is None:
        if degrees.any() and not degrees.all() and float(spread.max()) > 100_000:
            raise Refused("mixed_crs", atoms=np.flatnonzero(degrees).tolist())
        geographic = bool(degrees.all()) and float(spread.max()) < 20
    if not geographic:
        return Plane((float(middle[0]), float(middle[1])), (1.0, 1.0))
    narrow = float(np.cos(np.radians(middle[1])))
    return Plane(
        (float(middle[0]), float(middle[1])),
        (_METRES_PER_DEGREE * narrow, _METRES_PER_DEGREE),
    )
