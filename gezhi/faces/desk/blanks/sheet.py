"""A set of blanks as PDF: one form, a page a blank, each with its own number and code."""

from django.utils.translation import gettext as _

from gezhi.faces.paper.pdf import compiled, svg_of
from gezhi.records.places import queries as places
from gezhi.work.blanks import queries
from gezhi.work.blanks.models import BlankSet
from gezhi.work.blanks.rules import code_of, spoken


def drawn(row: BlankSet) -> bytes:
    """The whole set."""
    names = places.names_of({row.street_id, row.community_id or row.street_id})
    street = names.get(row.street_id, "")
    community = names.get(row.community_id or 0, "")
    return compiled(
        "blank.typ",
        {
            "title": _("%(street)s事项反映表") % {"street": street},
            "area": community,
            "boxes": [[one.code, one.label] for one in queries.boxes(row)],
            "blanks": [
                {"number": spoken(serial), "qr": svg_of(code_of(serial, row.form))}
                for serial in range(row.first_serial, row.last_serial + 1)
            ],
        },
    )
