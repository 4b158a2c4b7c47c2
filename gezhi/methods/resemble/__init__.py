"""Finding reports of the same case 查重 (pure: no database, no web); topics are in `topics`."""

from gezhi.methods.resemble.case import ComparedCase, Likeness
from gezhi.methods.resemble.fingerprinting import fingerprint
from gezhi.methods.resemble.index import Index

__all__ = ["ComparedCase", "Index", "Likeness", "fingerprint"]
