"""我的网格员, at the foot of every page."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.foot import Link

LINK = Link(_("我的网格员"), "resident:grid_worker", 20)
