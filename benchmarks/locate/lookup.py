"""What the look-up of a place costs in an installation, in processor time: cold, and warm by
percentile.

GEZHI_HOME=… python -m benchmarks.locate.lookup [copies]

With `copies` the register is first multiplied so often (names numbered), in this installation: use a
copy of it.
"""

import os
import random
import sys
import time

import django

_ASKED = 2000


def main() -> None:
    """Print one Markdown row of the installation that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from gezhi.records.places import gazetteers
    from gezhi.records.places import queries as places
    from gezhi.records.places.models import Place

    district = places.default_district().pk
    if len(sys.argv) > 1:
        _multiplied(int(sys.argv[1]))
    words = _asked(district)
    begun = time.process_time()
    places.understand(district, words[0])
    cold = time.process_time() - begun
    taken = []
    for one in words:
        begun = time.process_time()
        places.understand(district, one)
        taken.append((time.process_time() - begun) * 1000)
    taken.sort()
    p50, p95, p99 = (taken[int(len(taken) * share)] for share in (0.5, 0.95, 0.99))
    dwellings = Place.objects.filter(kind="dwelling").count()
    names = len(gazetteers.gazetteer_of(district).entries)
    print(f"| {dwellings:,} | {names:,} | {cold:.2f} s | {p50:.1f} | {p95:.1f} | {p99:.1f} ms |")


def _asked(district: int) -> list[str]:
    """Words as they come: buildings, doors on roads, roads, communities, and what nobody knows."""
    from gezhi.records.places import queries as places
    from gezhi.records.places.models import Place

    chance = random.Random(7)
    some = list(
        Place.objects.filter(
            district_id=district, kind__in=("building", "compound", "site", "road")
        )
        .order_by("?")
        .values_list("id", flat=True)[:600]
    )
    names = [one.words for one in places.places_found(some)]
    ends = ("", "2单元门口", "旁边", "，楼道的灯坏了", "附近那个垃圾桶")
    unknown = ("火星路99号", "我家楼下", "那个老院子", "水井坊社区居委会", "棉纺厂家属院2栋")
    return [
        chance.choice(unknown)
        if chance.random() < 0.2
        else chance.choice(names) + chance.choice(ends)
        for _one in range(_ASKED)
    ]


def _multiplied(copies: int) -> None:
    from gezhi.kernel.ids import new_id
    from gezhi.records.places.models import Place

    rows = list(Place.objects.order_by("id"))
    for copy in range(1, copies):
        ids = {row.id: new_id() for row in rows}
        fresh = []
        for row in rows:
            fields = {
                field.attname: getattr(row, field.attname) for field in Place._meta.concrete_fields
            }
            parent, compound = row.parent_id, row.compound_id
            fields |= {
                "id": ids[row.id],
                "parent_id": ids.get(parent) if parent else None,
                "compound_id": ids.get(compound) if compound else None,
                "name": f"{'甲乙丙丁戊己庚辛壬癸子丑'[copy]}{row.name}" if not parent else row.name,
            }
            fresh.append(Place(**fields))
        Place.objects.bulk_create(fresh, batch_size=1000)


if __name__ == "__main__":
    main()
