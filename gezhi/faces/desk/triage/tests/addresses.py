"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.kernel import clock
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.models import Topic, TopicMember
from tests.cast import Cast

TOPIC = "a1b2c3d4e5f60718"


def values(_cast: Cast) -> dict[str, str]:
    """The topic of `heat`, and a question advice is given on."""
    return {"key": TOPIC, "what": "class"}


def heat(play: Play) -> None:
    """A hot topic of one case of the first grid, as the night finds it."""
    moment = clock.now()
    topic = Topic.objects.create(
        district_id=play.cast.street.district.pk,
        key=TOPIC,
        title="桐花苑 建筑垃圾",
        people=5,
        messages=1,
        heat=3.0,
        first_at=moment,
        last_at=moment,
        found_at=moment,
        trend=[1, 2, 2],
    )
    TopicMember.objects.create(topic=topic, report=play.report_row)
