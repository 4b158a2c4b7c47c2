"""Questions about counters; nothing is counted by asking."""

from gezhi.ground.counters.models import Counter
from gezhi.ground.counters.rules import Counted
from gezhi.kernel import clock


def seconds_closed(*tries: Counted) -> int:
    """For how many seconds the fullest of them lets no further try in; 0 when all do."""
    now = int(clock.now().timestamp())
    rows = Counter.objects.filter(key__in=[one.key for one in tries], ends_at__gt=now)
    return max(
        (
            ends - now
            for held, most, ends in rows.values_list("count", "most", "ends_at")
            if held >= most
        ),
        default=0,
    )


def owners_closed(*kinds: str) -> set[str]:
    """Whose counters of these kinds are full now, as `rules.owner_digest` names them."""
    now = int(clock.now().timestamp())
    rows = Counter.objects.filter(kind__in=kinds, ends_at__gt=now).exclude(owner="")
    return {
        owner for owner, held, most in rows.values_list("owner", "count", "most") if held >= most
    }
