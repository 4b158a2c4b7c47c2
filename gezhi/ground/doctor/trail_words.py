"""What the trail says of the doctor."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Wording

WORDING = Wording(systems={"doctor": _("体检")})
