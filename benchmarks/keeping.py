"""Keeps one program running, as `gezhi serve` keeps its own: `GEZHI_KEPT='["granian", …]' python -m benchmarks.keeping`.

Granian gives up when a process of it dies soon after the last one; whoever serves starts it again.
"""

import json
import os

from gezhi.faces.terminal.serving.supervisor import Child, Supervisor

# Not in the words of the command: `benchmarks.crash` tells processes apart by them.
KEPT = "GEZHI_KEPT"

if __name__ == "__main__":
    keeper = Supervisor([Child("web", json.loads(os.environ[KEPT]))])
    keeper.stop.on_signals()
    keeper.run()
