"""The command `gezhi`: Django's command line with our settings, and nothing else."""

import os
import sys

from gezhi.kernel import ownership


def main() -> None:
    """Run one operator's command; `gezhi help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    ownership.begin_alone()
    if sys.argv[1:2] in (["worker"], ["beat"]):
        os.environ["GEZHI_PROGRAM"] = sys.argv[1]
    if sys.argv[1:2] in (["serve"], ["check"]) and "--tls" in sys.argv[2:]:
        # Settings are read before a command reads its options.
        os.environ["GEZHI_TLS"] = "own"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
