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
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        sentence = _what_comes_first(error)
        if not sentence:
            raise
        sys.exit(sentence)


def _what_comes_first(error: Exception) -> str:
    """What an operator does before this command; "" where the database is prepared: a real fault."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.utils.translation import gettext as _

    try:
        if "django_migrations" in connection.introspection.table_names():
            return ""
    except DatabaseError:
        if connection.vendor != "sqlite":
            # Without the address that was asked: a password may stand in it.
            first = (str(error).splitlines() or [""])[0]
            return _("连不上数据库（GEZHI_DATABASE）：%(fault)s") % {"fault": first}
    return _("%(home)s 里还没有数据库：先运行 gezhi prepare") % {"home": settings.GEZHI_HOME}


if __name__ == "__main__":
    main()
