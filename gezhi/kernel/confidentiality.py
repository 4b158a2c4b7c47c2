"""Whether a row is for all who may see it at all, or for those alone who have it in hand 保密."""

from enum import StrEnum


class Confidentiality(StrEnum):
    """Codes of the dictionary 保密; what a table keeps of it stands in a column of this name."""

    OPEN = "open"
    RESTRICTED = "restricted"
