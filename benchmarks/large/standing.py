"""Every page and search of the installation that stands in GEZHI_HOME, as `make bench-large` times them.

GEZHI_HOME=var/real GEZHI_HOSTS=testserver python -m benchmarks.large.standing --cpu
"""

import argparse
import os

import django

from benchmarks.large import measuring, visits


def main() -> None:
    """Print every page of every role with its times, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=measuring.TRIES)
    parser.add_argument("--cpu", action="store_true", help="processor time, on a busy machine")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from gezhi.work.cases.models import Case

    known = visits.to_be_found()
    found = [
        measuring.timed(person, visit, options.tries, cpu=options.cpu)
        for person in visits.people()
        for visit in [*visits.pages(person), *visits.searches(person, known)]
    ]
    print(measuring.table({Case.objects.count(): found}))


if __name__ == "__main__":
    main()
