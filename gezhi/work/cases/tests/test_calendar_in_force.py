"""A calendar put in force has the provisional due times reckoned anew at once, not at night."""

import pytest
from django.conf import settings

from gezhi.ground.codes import actions
from gezhi.ground.jobs.models import Task
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("pack", "tasks"), [("calendar", 1), ("limits", 0)])
def test_only_a_calendar_has_due_times_reckoned_anew(pack, tasks):
    actions.import_pack(settings.GEZHI_PACKS / pack, by=Viewer.system("test"))
    actions.import_pack(settings.GEZHI_PACKS / pack, by=Viewer.system("test"))
    assert Task.objects.filter(path__endswith="recompute_provisional").count() == tasks
