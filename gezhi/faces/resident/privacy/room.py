"""隐私说明, at the foot of every page."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.foot import Link

LINK = Link(_("隐私说明"), "resident:privacy", 50)
