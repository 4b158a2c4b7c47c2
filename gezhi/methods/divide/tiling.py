"""Grids as polygons."""

from typing import Any

import numpy as np
import shapely

from gezhi.methods.divide.rules import Ints
from gezhi.methods.divide.surveying import Survey


def tile(ground: Survey, grid: Ints) -> Any:
    """One polygon per grid (array by grid number), in the coordinates the places came in.

    The polygons of a community cover it without gap or overlap: they are unions of faces that
    share their border points. A grid is a MultiPolygon only where its community has ground cut
    off that no atom stands on.
    """
    face_grid = np.where(ground.face_atom >= 0, grid[ground.face_atom], -1)
    order = np.argsort(face_grid, kind="stable")
    order = order[face_grid[order] >= 0]
    labels = face_grid[order]
    groups = np.split(order, np.flatnonzero(np.diff(labels)) + 1)
    out = np.full(int(grid.max()) + 1, None, dtype=object)
    for group in groups:
        faces = ground.faces.shapes[group]
        merged = shapely.coverage_union_all(faces)
        out[int(face_grid[group[0]])] = _plain(merged)
    return ground.plane.back(out)


def _plain(shape: Any) -> Any:
    """A GeometryCollection of polygons as a (Multi)Polygon."""
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_type_id(parts) == 3]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
