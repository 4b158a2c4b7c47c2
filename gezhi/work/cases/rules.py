"""What a case can be, and who sees what of it (design §3; standards §3.1–3.2).

Pure: no database, no clock. The state table is collected here from the deeds; they ask it what is
allowed, tests and the soak play it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from gezhi.kernel.confidentiality import Confidentiality as Confidentiality
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role
from gezhi.work.deeds import rules as deeds


class State(StrEnum):
    REPORTED = "reported"
    VERIFYING = "verifying"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    CHECKING = "checking"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    MERGED = "merged"


OPEN = frozenset(
    {
        State.REPORTED,
        State.VERIFYING,
        State.ACCEPTED,
        State.DISPATCHED,
        State.HANDLING,
        State.CHECKING,
    }
)
ENDED = frozenset(State) - OPEN


class Deed(StrEnum):
    REPORT = "report"
    JOIN = "join"
    ASK = "ask"
    VERIFY = "verify"
    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    ANSWER = "answer"
    DISPATCH = "dispatch"
    TAKE = "take"
    RETURN = "return"
    FINISH = "finish"
    HANDLE_ON_THE_SPOT = "handle_on_the_spot"
    CHECK = "check"
    PASS = "pass"  # noqa: S105 - a deed
    CLOSE = "close"
    RATE = "rate"
    CALL_BACK = "call_back"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    LIFT = "lift"
    HAND_OVER = "hand_over"
    ADD_WORD = "add_word"
    URGE = "urge"
    CONTACT = "contact"
    SUMMARIZE = "summarize"
    RELOCATE = "relocate"
    RECOMPUTE = "recompute"
    AMEND = "amend"
    RESTRICT = "restrict"
    ASSIST = "assist"
    DISPUTE = "dispute"
    RULE = "rule"
    FORCE_CLOSE = "force_close"
    APPEAL = "appeal"
    DECIDE = "decide"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    SUPERVISE = "supervise"
    REPORT_TO_SUPERVISOR = "report_to_supervisor"
    DISCHARGE = "discharge"
    ASK_TO_HANG = "ask_to_hang"
    HANG = "hang"
    REVIEW = "review"
    RESUME = "resume"
    ASK_TO_EXTEND = "ask_to_extend"
    EXTEND = "extend"
    ENLIST = "enlist"
    STAND_DOWN = "stand_down"
    WHISTLE = "whistle"
    ARRIVE = "arrive"
    SCORE = "score"
    ESCALATE = "escalate"
    INVITE = "invite"
    REVOKE = "revoke"
    INQUIRE = "inquire"
    RESPOND = "respond"


class Mark(StrEnum):
    """What stands beside a case now (`asides`), kept on it as words."""

    HUNG = "hung"  # the clock stands until the review date
    HANG_ASKED = "hang_asked"
    EXTENSION_ASKED = "extension_asked"
    DISPUTED = "disputed"  # returned again: a ruling says whose it is
    SUPERVISED = "supervised"
    WHISTLED = "whistled"  # units are called to the place, not scored yet
    ASSISTED = "assisted"  # an assisting unit has not answered yet
    INVITED = "invited"  # a unit without accounts was given a link that nobody took back
    ESCALATED = "escalated"
    APPEALED = "appealed"
    LATE = "late"  # a stage of it ended late
    MISROUTED = "misrouted"  # it was sent to a unit that was the wrong one
    SCORED = "scored"  # a unit called to it was scored below the highest
    EXCLUDED = "excluded"  # something of it counts in no figure
    FORCED = "forced"  # ended before its loop was walked
    EMERGENCY = "emergency"  # of an emergency: the minutes of its plan count
    DRILL = "drill"  # of an exercise: it counts in no figure


class Standing(StrEnum):
    """What ties the doer to the case; the deed's rule names one or more."""

    HOLDER = "holder"  # a seat in the unit that holds it
    GRID = "grid"  # a seat over the grid it lies in
    COMMUNITY = "community"  # a seat over the community of a case that lies in no known grid
    AREA = "area"  # a seat over any area it lies in
    CENTRE = "centre"  # a seat in the street centre of its street
    SENT = "sent"  # a seat in a unit it is sent to, lead or assisting
    ASSISTING = "assisting"  # a seat in an assisting unit that has not answered yet
    CALLED = "called"  # a seat in a unit that is called to the place
    WAS_SENT = "was_sent"  # a seat in a unit it was sent to and that did not return it
    GUEST = "guest"  # link and code of a unit without accounts, for as long as they hold
    REPORTER = "reporter"  # number and code of one of its reports
    SYSTEM = "system"  # beat, watchdog, handover


Rule = deeds.Rule[State, Standing]

# Roles that go together in more than one deed.
INTAKE = roles_with(Right.TAKE_IN)
CLOSERS = roles_with(Right.CLOSE)
UNIT_STAFF = roles_with(Right.HANDLE)
# Who supervises, and may be named to.
SUPERVISORS = roles_with(Right.OVERSEE)
# Who calls units to a place in the name of the street, and says afterwards how they came.
CALLERS = roles_with(Right.WHISTLE)

# The state table, a row a deed: each declares its own (`declared.declare`, `deeds/`).
TABLE: dict[Deed, Rule] = {}


class Stage(StrEnum):
    """A countable stretch of a case with its own clock (standards §3.3)."""

    ACCEPTING = "accepting"
    VERIFYING = "verifying"
    DISPATCHING = "dispatching"
    RULING = "ruling"
    TAKING = "taking"
    HANDLING = "handling"
    CHECKING = "checking"
    CLOSING = "closing"


def stage_of(state: State, check_passed: bool, disputed: bool = False) -> Stage | None:
    """Which clock runs in a state; none once ended."""
    return {
        State.REPORTED: Stage.ACCEPTING,
        State.VERIFYING: Stage.VERIFYING,
        State.ACCEPTED: Stage.RULING if disputed else Stage.DISPATCHING,
        State.DISPATCHED: Stage.TAKING,
        State.HANDLING: Stage.HANDLING,
        State.CHECKING: Stage.CLOSING if check_passed else Stage.CHECKING,
    }.get(state)


def is_late(due_at: datetime, moment: datetime) -> bool:
    """Whether something that ends or still runs at a moment is late: what ends at the very due time
    is on time."""
    return moment > due_at


def may_check(
    *,
    checker_id: int | None,
    checker_unit_id: int | None,
    finisher_id: int | None,
    finisher_unit_id: int | None,
    on_the_spot: bool,
) -> bool:
    """Who handles does not close: another person always, another unit unless 即采即办.

    Source: 监督轴 and 指挥轴 of GB/T 30428.8; design §3 (check).
    """
    if checker_id is not None and checker_id == finisher_id:
        return False
    if on_the_spot:
        return True
    return checker_unit_id is None or checker_unit_id != finisher_unit_id


class Sight(IntEnum):
    """How much of a restricted case somebody sees; whoever sees more sees the lesser, too."""

    NOTHING = 0
    EXISTENCE = 1  # that there is one: number, stage, in whose hands, until when
    QUESTION = 2  # where it lies and what they are asked; no word of the reporter
    BRIEF = 3  # what was written for the unit; neither the reporter's words nor who it is
    WHOLE = 4  # words, photos and story; the contact by `reveal_contact` alone, as everywhere


@dataclass(frozen=True, slots=True)
class Share:
    """One row of what 保密 means: who has the case in hand in a stage, and sees how much."""

    stage: Stage | None
    standing: Standing
    roles: frozenset[Role]
    sight: Sight
    # Only while one of these stands beside it; empty: whatever does.
    marks: frozenset[Mark] = frozenset()


# Closed, within the days in which a call back may have it done again.
CALLING_BACK = None

# What 保密 means. Whoever no row names sees nothing of the case in that stage: not in a list, a
# search, a count that opens, a sheet, an export, a notice, and nothing is learnt from its words.
RESTRICTED: tuple[Share, ...] = (
    Share(Stage.ACCEPTING, Standing.HOLDER, INTAKE, Sight.WHOLE),
    Share(Stage.VERIFYING, Standing.HOLDER, INTAKE, Sight.WHOLE),
    Share(Stage.VERIFYING, Standing.GRID, frozenset({Role.GRID_WORKER}), Sight.QUESTION),
    Share(Stage.VERIFYING, Standing.COMMUNITY, frozenset({Role.COMMUNITY_CLERK}), Sight.QUESTION),
    Share(
        Stage.DISPATCHING,
        Standing.HOLDER,
        frozenset({Role.DISPATCHER, Role.COMMUNITY_CLERK}),
        Sight.WHOLE,
    ),
    Share(
        Stage.RULING,
        Standing.HOLDER,
        roles_with(Right.RULE),
        Sight.WHOLE,
        frozenset({Mark.DISPUTED}),
    ),
    Share(Stage.TAKING, Standing.SENT, UNIT_STAFF, Sight.BRIEF),
    Share(Stage.HANDLING, Standing.SENT, UNIT_STAFF, Sight.BRIEF),
    # Whoever decides what the unit asked of the centre reads what the unit reads, and no longer.
    Share(
        Stage.HANDLING,
        Standing.CENTRE,
        roles_with(Right.APPROVE_HANG),
        Sight.BRIEF,
        frozenset({Mark.HANG_ASKED, Mark.HUNG, Mark.EXTENSION_ASKED}),
    ),
    Share(
        Stage.HANDLING,
        Standing.CENTRE,
        roles_with(Right.APPROVE_EXTENSION),
        Sight.BRIEF,
        frozenset({Mark.EXTENSION_ASKED}),
    ),
    Share(
        Stage.CHECKING,
        Standing.HOLDER,
        frozenset({Role.CHECKER, Role.COMMUNITY_CLERK}),
        Sight.WHOLE,
    ),
    Share(Stage.CLOSING, Standing.HOLDER, CLOSERS, Sight.WHOLE),
    # Whoever still owes an answer keeps what was written for them until they have given it.
    Share(Stage.CHECKING, Standing.ASSISTING, UNIT_STAFF, Sight.BRIEF),
    Share(Stage.CLOSING, Standing.ASSISTING, UNIT_STAFF, Sight.BRIEF),
    # Whoever is called knows why; while somebody handles it `SENT` says so already.
    Share(Stage.DISPATCHING, Standing.CALLED, UNIT_STAFF, Sight.BRIEF),
    Share(Stage.CHECKING, Standing.CALLED, UNIT_STAFF, Sight.BRIEF),
    Share(Stage.CLOSING, Standing.CALLED, UNIT_STAFF, Sight.BRIEF),
    Share(CALLING_BACK, Standing.CENTRE, frozenset({Role.ACCEPTOR}), Sight.WHOLE),
)
# In every stage, and after the end, these know of the restricted cases of their area that they
# exist; for a named need, recorded, one opens to one of them whole for so many hours.
OVERSEERS = roles_with(Right.OVERSEE)
REVEALED_HOURS = 8
# A unit reads the words of these deeds alone: they were written for it, or by a unit.
TOLD_TO_UNITS = frozenset(
    {
        *(Deed.DISPATCH, Deed.RULE, Deed.TAKE, Deed.RETURN, Deed.FINISH, Deed.CHECK, Deed.ASSIST),
        *(Deed.SUPERVISE, Deed.REPORT_TO_SUPERVISOR, Deed.DISCHARGE, Deed.URGE),
        *(Deed.ASK_TO_HANG, Deed.HANG, Deed.REVIEW, Deed.RESUME),
        *(Deed.ASK_TO_EXTEND, Deed.EXTEND),
        *(Deed.WHISTLE, Deed.ARRIVE, Deed.SCORE),
        Deed.AMEND,
        *(Deed.INVITE, Deed.INQUIRE, Deed.RESPOND),
    }
)
