"""Every timed task of the house on one page: name, rhythm, what is done.

Moments are the same whoever computes them, so two beats enqueue each once; what was missed while
nothing ran is done once. Daily times are China's. A name is kept for good: it is the key of what
was done.
"""

from datetime import time

from gezhi.config import tasks as housekeeping
from gezhi.ground.audit import tasks as audit
from gezhi.ground.backups import tasks as backups
from gezhi.ground.codes import tasks as codes
from gezhi.ground.counters import tasks as counters
from gezhi.ground.files import tasks as files
from gezhi.ground.jobs import tasks as jobs
from gezhi.ground.jobs.timetable import Timed, Timetable
from gezhi.ground.sheets import tasks as sheets
from gezhi.insight.figures import tasks as figures
from gezhi.records.posts import tasks as posts
from gezhi.work.cases import tasks as cases
from gezhi.work.dry_runs import tasks as dry_runs
from gezhi.work.emergency import tasks as emergency
from gezhi.work.knowledge import tasks as knowledge
from gezhi.work.orders import tasks as orders
from gezhi.work.triage import tasks as triage

SCHEDULE: Timetable = (
    Timed("audit.seal", audit.seal, every=60),
    Timed("codes.enact", codes.enact_due, every=60),
    Timed("backups.watch", backups.watch, every=600),
    Timed("posts.warn_of_gaps", posts.warn_of_gaps, every=3600),
    Timed("posts.write_ahead", posts.write_ahead, daily=time(0, 10)),
    Timed("audit.anchor", audit.anchor, daily=time(23, 50)),
    Timed("cases.watch", cases.watch, every=60),
    Timed("cases.call_on", cases.call_on, every=60),
    Timed("emergency.watch", emergency.watch, every=60),
    Timed("orders.watch_folder", orders.watch_folder, every=60),
    Timed("cases.archive", cases.archive_old, daily=time(1, 30)),
    Timed("cases.recompute", cases.recompute_provisional, daily=time(2, 0)),
    Timed("knowledge.expire", knowledge.expire, daily=time(0, 20)),
    Timed("knowledge.remind", knowledge.remind, daily=time(8, 40)),
    Timed("cases.reviews", cases.remind_of_reviews, daily=time(8, 30)),
    Timed("cases.tell_groups_early", cases.tell_groups, daily=time(9, 0)),
    Timed("cases.tell_groups_late", cases.tell_groups, daily=time(14, 30)),
    Timed("triage.tidy", triage.tidy, daily=time(2, 20)),
    Timed("triage.find_topics", triage.find_topics, daily=time(2, 30)),
    Timed("triage.reckon", triage.reckon, daily=time(2, 40)),
    Timed("figures.freeze", figures.freeze, daily=time(2, 50)),
    Timed("jobs.prune", jobs.prune, daily=time(3, 10)),
    Timed("counters.prune", counters.prune, every=600),
    Timed("files.clean", files.clean, daily=time(3, 30)),
    Timed("dry_runs.prune", dry_runs.prune, daily=time(3, 35)),
    Timed("sheets.prune", sheets.prune, daily=time(3, 40)),
    Timed("orders.prune", orders.prune, daily=time(3, 45)),
    Timed("config.optimize", housekeeping.optimize, every=3600),
    Timed("config.tidy", housekeeping.tidy, daily=time(3, 50)),
)
