"""Makes a home ready to be served."""

import subprocess
import sys

PREPARE = """
import sys, django; django.setup()
from django.core.management import call_command
from gezhi.ground.jobs import tasks
from gezhi.kernel import secrets
call_command("migrate", verbosity=0)
secrets.create_keys(secrets.keys_folder())
if sys.argv[1:]:
    call_command("collectstatic", interactive=False, verbosity=0)
print(tasks.prune.enqueue().id)
"""


def prepared(environment, *, static=False):
    """Make database and keys, with the static files if they are asked for, and ask for one task;
    answers its number."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARE, *(["static"] if static else [])],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)
