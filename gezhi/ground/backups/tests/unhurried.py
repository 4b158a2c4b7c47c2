"""The command `gezhi` as an operator runs it, but for one thing: what the street's people left in
the trail may lie unsealed as long as the run of tests takes, as in the tests' own process
(`conftest.py`).
"""

import runpy
from unittest import mock

import django

if __name__ == "__main__":
    django.setup()
    with mock.patch("gezhi.ground.audit.blocks.LATE_MILLISECONDS", 86_400_000):
        runpy.run_module("gezhi.config.entry", run_name="__main__")
