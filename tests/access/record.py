"""`python -m tests.access.record`: rewrite the permission tables and query counts of all rooms on purpose.

Read the difference before you commit it (`git diff '*/tests/access.csv'`): every changed cell is a
right given or taken, and only the tables of rooms you changed should differ.
"""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Walk with writing allowed; the assertions that no table can overrule run all the same."""
    tests = [str(FOLDER / "test_table.py"), str(FOLDER / "test_query_counts.py")]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *tests],
        env={**os.environ, "GEZHI_RECORD": "yes"},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
