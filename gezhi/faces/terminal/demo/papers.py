"""Papers of residents: two sets of blanks given out last week, two of them just typed in."""

from datetime import datetime, timedelta

from gezhi.faces.terminal.demo.street import Street
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.work.blanks import actions
from gezhi.work.blanks.rules import number_of
from gezhi.work.cases.actions import Contact, Intake, Where

_PRINTED = timedelta(days=6)
# A letter, the words on the lines, who wrote it, the phone: made up, as everybody of the demo.
PAPERS = (
    ("B", "楼道口的路灯不亮有一个星期了，晚上下楼看不见台阶。", "罗淑珍", "13900007011"),
    ("K", "", "", ""),
)


def fill_in_papers(street: Street, now: datetime) -> None:
    """Print for the street and its first community, and type in what came back today."""
    centre = street.cast.units["centre"].pk
    clerk = street.cast.of_unit(centre, sorted(roles_with(Right.CALL_BACK)), 0)
    _code, community = min(street.ground.communities.items())
    with clock.moved_to(now - _PRINTED):
        actions.print_set(
            area_id=street.ground.street.id, size=50, by=clerk, key="demo-blanks:street"
        )
        row = actions.print_set(
            area_id=community.id, size=20, by=clerk, key="demo-blanks:community"
        )
    for at, (letter, words, name, phone) in enumerate(PAPERS):
        actions.type_in(
            serial=number_of(row.first_serial + at),
            intake=Intake(
                text=words,
                channel="paper",
                where=Where(area_id=street.ground.grids[at].id),
                contact=Contact(name, phone),
            ),
            box=letter,
            by=clerk,
            key=f"demo-blanks:{at}",
        )
