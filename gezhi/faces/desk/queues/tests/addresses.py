"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.work.cases.queries import QUEUES

SEVERAL = {
    "desk:queue": ("<slug:name>", sorted(QUEUES)),
    "desk:review": ("<slug:name>", ["spot", "closing"]),
    "desk:export": ("<slug:name>", sorted(QUEUES)),
}
