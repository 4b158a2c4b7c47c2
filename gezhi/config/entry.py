"""The command `gezhi`: Django's command line with our settings and our own list of commands."""

import os
import sys

from gezhi.config import environment
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
    if fault := environment.first_fault(os.environ):
        sys.exit(fault)
    from django.db import DatabaseError

    from gezhi.config.commands import Commands

    try:
        Commands(sys.argv).execute()
    except DatabaseError:
        from gezhi.faces.terminal.serving import readiness

        # What an operator does before this command; where the database is prepared, a real fault.
        sentence = readiness.unprepared() or readiness.unreached()
        if not sentence:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
