"""What is counted and up to where; pure but for the keyed digest."""

from dataclasses import dataclass

from gezhi.kernel import secrets


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so long: `most` tries in `seconds`, counted under the name `kind`."""

    kind: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One counter of a limit: which thing it counts, and whose it is where that is asked later."""

    limit: Limit
    what: tuple[str, ...]
    owner: str = ""

    @property
    def key(self) -> str:
        """The keyed digest it is stored under. After a rotation of the index key counters begin
        anew: they live for minutes, keys for a year."""
        return secrets.blind_index(f"counter.{self.limit.kind}", "\x1f".join(self.what))


@dataclass(frozen=True, slots=True)
class Tally:
    """How one counter stands."""

    count: int
    most: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        """Whether this try was one too many."""
        return self.count > self.most


def owner_digest(kind: str, plain: str) -> str:
    """The keyed digest of whose counters they are."""
    return secrets.blind_index(f"counter.owner.{kind}", plain)
