"""Whether the machine has Chinese type for printed sheets: asked as printing asks."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, watch, well
from gezhi.kernel import fonts


def look() -> Iterator[Finding]:
    """The font that papers are set in, of the machine or of the home's own folder."""
    found = fonts.found(Path(settings.GEZHI_HOME) / "fonts")
    if not found.is_usable:
        yield watch(
            "fonts.none",
            _("这台机器没有中文字体"),
            _("交办单、告知书、通报印不出 PDF；网页和 Word 不受影响。"),
            found.words,
            "apt-get install fonts-noto-cjk && systemctl restart gezhi",
        )
    elif found.missing:
        # Sheets are printed all the same: no fault of the machine, but good to know.
        yield well("fonts.instead", found.words)
    else:
        yield well("fonts.chinese", _("公文要的四种字体都有"))
