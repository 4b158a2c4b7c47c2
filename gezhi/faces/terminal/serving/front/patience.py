"""How long a body may take, how many are read at once: numbers and the sums made of them."""

from dataclasses import dataclass, field

# Seconds without a single byte, and at the beginning without keeping the pace.
GRACE = 20.0
# Bytes a second a sender must keep on the whole: a photo over a bad mobile line has ten times that.
PACE = 1024
# Seconds no body may take longer, whatever its pace.
LONGEST = 15 * 60.0
# Bodies a process reads at once, in all and from one address that is not this machine (a proxy).
MOST_AT_ONCE = 1000
MOST_OF_ONE = 64
# Bytes of unfinished bodies a process holds (in memory up to `IN_MEMORY` each, the rest on disk).
MOST_HELD = 1 << 30
IN_MEMORY = 1 << 18
# Threads for requests whose body is longer than `IN_MEMORY`.
HEAVY_THREADS = 2
# Requests that wait for a thread.
MOST_WAITING = 500
MOST_HEAVY_WAITING = 50
# A refused body is read on and thrown away for a while, so that its sender gets to read the answer.
DRAIN_SECONDS = 15.0
DRAIN_BYTES = 1 << 29


@dataclass(slots=True)
class Pace:
    """One body's time: `began` and the moments asked about are of one monotonic clock."""

    began: float
    received: int = 0

    def until(self, now: float) -> float:
        """The moment by which the next bytes must have come."""
        kept = self.began + GRACE + self.received / PACE
        return min(now + GRACE, kept, self.began + LONGEST)


@dataclass(slots=True)
class Room:
    """What is being read at this moment by this process. One event loop, so no locks."""

    bodies: int = 0
    held: int = 0
    of_one: dict[str, int] = field(default_factory=dict)

    def take(self, address: str) -> bool:
        """Room for one more body of this address; False when there is none."""
        if self.bodies >= MOST_AT_ONCE or not self.fits():
            return False
        its_own = self.of_one.get(address, 0)
        if its_own >= MOST_OF_ONE and not is_here(address):
            return False
        self.bodies += 1
        self.of_one[address] = its_own + 1
        return True

    def fits(self) -> bool:
        """Whether what is held now may be held."""
        return self.held <= MOST_HELD

    def give_back(self, address: str) -> None:
        """A body is finished or given up."""
        self.bodies -= 1
        self.of_one[address] -= 1
        if not self.of_one[address]:
            del self.of_one[address]


def is_here(address: str) -> bool:
    """Whether the peer is this machine: a proxy, behind which stands everybody."""
    return address in {"::1", ""} or address.startswith("127.")
