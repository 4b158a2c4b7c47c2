"""How long one paper takes as PDF and as Word, and a set of fifty blanks; processor time, no database.

python -m benchmarks.printing
"""

import os

import django


def main() -> None:
    """Print the first and the usual cost of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings_test")
    django.setup()
    from benchmarks.papers import measured

    measured()


if __name__ == "__main__":
    main()
