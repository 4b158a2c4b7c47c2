"""Keys that stay with a topic while it slides through time."""

import hashlib
from collections.abc import Collection, Mapping, Sequence


def keys_of(topics: Sequence[tuple[int, ...]], known: Mapping[str, Collection[int]]) -> list[str]:
    """A key for each topic (its members): the known one it shares most reports with, else its own.

    No key is given twice: the larger overlap takes it, a topic that split keeps it in its larger
    part. A new key is made of the first member, so that the same reports give the same key
    whatever else is asked.
    """
    holder = {member: key for key, members in sorted(known.items()) for member in members}
    shared: dict[tuple[int, str], int] = {}
    for number, members in enumerate(topics):
        for member in members:
            if key := holder.get(member):
                shared[number, key] = shared.get((number, key), 0) + 1
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for (number, key), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if number not in keys and key not in taken:
            keys[number] = key
            taken.add(key)
    return [keys.get(number) or _fresh(members, taken) for number, members in enumerate(topics)]


def _fresh(members: tuple[int, ...], taken: set[str]) -> str:
    """A key of the first member whose key no other topic has."""
    for member in members:
        key = hashlib.sha256(f"topic {member}".encode()).hexdigest()[:16]
        if key not in taken:
            break
    taken.add(key)
    return key
