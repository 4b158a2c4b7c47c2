"""A unit that closes takes its rotas with it: its people are arranged anew by the successor."""

from datetime import timedelta

from gezhi.records.posts import rota_gaps
from gezhi.records.posts.tests.test_rota import TODAY, at, nights
from gezhi.work.handover import actions as handover

__all__ = ["nights"]


def test_a_unit_that_closes_ends_its_rotas(cast, nights):
    rota = nights()
    handover.close_unit(
        unit=cast.street.office,
        successor=cast.street.other_office,
        by=cast.system_administrator.viewer,
    )
    rota.refresh_from_db()
    assert rota.to_day == TODAY + timedelta(days=1)
    assert not rota.shifts.filter(from_at__gt=at(9, day=1)).exists()
    assert rota_gaps.warn() == 0
