"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.faces.desk.cases.deeds import FORMS

SEVERAL = {"desk:deed": ("<slug:deed>", sorted(deed.value for deed in FORMS))}
