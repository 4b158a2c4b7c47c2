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
    examines = sys.argv[1:2] == ["doctor"]
    if fault := environment.first_fault(os.environ):
        sys.exit(_one_bad(fault) if examines else fault)
    from django.apps import apps
    from django.core.management.base import CommandError
    from django.db import DatabaseError

    from gezhi.config.commands import Commands

    try:
        Commands(sys.argv).execute()
    except CommandError as refusal:
        # Of an option that cannot be read: what a command refuses later it has told by now.
        sys.exit(str(refusal))
    except (DatabaseError, OSError) as error:
        if not apps.ready:
            raise
        from gezhi.faces.terminal.serving import readiness

        sentence = readiness.no_room(error)
        if not sentence and isinstance(error, DatabaseError):
            # What an operator does before this command; where the database is prepared, a real fault.
            sentence = readiness.unprepared() or readiness.unreached()
        if not sentence:
            raise
        sys.exit(sentence)


def _one_bad(fault: str) -> int:
    """Tell a fault that lets no program of ours begin as the doctor tells what it finds."""
    from gezhi.faces.terminal import doctor_report
    from gezhi.ground.doctor.rules import EXIT_CODES, Level, bad

    finding = bad(
        "environment.wrong",
        fault,
        "哪个命令都不运行，服务也起不来。",
        "照这一句改环境变量（systemd 的在 gezhi.env 里），或让那个文件夹能写，再体检一次。",
        "gezhi doctor",
    )
    found = [("环境变量", finding)]
    if "--json" in sys.argv:
        sys.stdout.write(doctor_report.as_json(found) + "\n")
    else:
        sys.stdout.write("\n".join(doctor_report.lines(found)) + "\n")
    return EXIT_CODES[Level.BAD]


if __name__ == "__main__":
    main()
