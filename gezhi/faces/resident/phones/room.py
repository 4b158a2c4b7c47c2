"""社区电话, at the foot of every page."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.foot import Link

LINK = Link(_("社区电话"), "resident:phones", 30)
