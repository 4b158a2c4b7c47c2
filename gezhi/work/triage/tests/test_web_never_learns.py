"""A web process asks for advice without loading what only training needs."""

import os
import subprocess
import sys

_ASK = """
import django, sys
django.setup()
import gezhi.work.triage.queries, gezhi.work.triage.predictions, gezhi.work.triage.actions
print([name for name in ("sklearn", "jieba") if name in sys.modules])
"""


def test_asking_and_advising_import_no_library_of_training() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _ASK],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "gezhi.config.settings_test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"
