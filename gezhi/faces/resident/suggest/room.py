"""投诉与建议, at the foot of every page."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.foot import Link

LINK = Link(_("投诉与建议"), "resident:suggest", 40)
