"""Finding reports of the same matter 查重 (pure: no database, no web); topics are in `topics`."""

from gezhi.methods.resemble.fingerprint import fingerprint
from gezhi.methods.resemble.index import Index
from gezhi.methods.resemble.matter import Likeness, Matter

__all__ = ["Index", "Likeness", "Matter", "fingerprint"]
