"""What the labels of a question are called: by code and by name."""

from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units

_DICTIONARIES = {"class": "matters", "kind": "request_kinds"}


def codes_of_labels(viewer: Viewer, district_id: int, what: str) -> dict[str, str]:
    """The code for each code and each name that may stand as a label in a table.

    Units of the viewer's own district only, by id and name. A name two rows share counts for the
    first.
    """
    if what == "unit":
        rows = [(str(unit.pk), unit.name) for unit in units.open_units(viewer, district_id)]
    else:
        rows = [(row.code, row.name) for row in codes.terms(_DICTIONARIES[what])]
    found = {name: code for code, name in reversed(rows)}
    return found | {code: code for code, _name in rows}
