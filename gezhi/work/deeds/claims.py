"""What somebody claims about a time, before it is kept.

A claimed moment goes into a sealed step for good, and a moment beyond the years of the database or
of Python is read back by nobody: the case could not be opened, its task would fail for ever.
"""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid

# Nothing older is a matter for a street office; a system that hands over its archive fits in.
_OLDEST = timedelta(days=365 * 30 + 8)
# A phone or another system may go a little fast.
_FAST = timedelta(minutes=10)


def claimed_moment(moment: datetime | None, now: datetime) -> datetime | None:
    """The claimed moment in UTC; None stays None.

    Refuses (Invalid, `happened_at`) a moment without time zone, one more than ten minutes ahead of
    `now`, and one more than thirty years ago.
    """
    if moment is None:
        return None
    if moment.utcoffset() is None:
        raise Invalid(_("时间要带时区"), field="happened_at")
    try:
        claimed = moment.astimezone(UTC)
    except OverflowError:
        # Before the year 1 or after 9999 once its time zone is reckoned in.
        claimed = None
    if claimed is None or not now - _OLDEST <= claimed <= now + _FAST:
        raise Invalid(
            _("时间不对：不能晚于现在，也不能早于三十年前，请改一改"), field="happened_at"
        )
    return claimed
