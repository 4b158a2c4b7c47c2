"""How many bytes and how long, as people read it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_UNITS = (gettext_lazy("字节"), "KB", "MB", "GB", "TB")


def size_words(count: float) -> str:
    """The size in words: "1.4 GB"."""
    place = 0
    while count >= 1024 and place < len(_UNITS) - 1:
        count, place = count / 1024, place + 1
    return f"{count:.0f} {_UNITS[place]}" if place < 2 else f"{count:.1f} {_UNITS[place]}"


def span_words(seconds: float) -> str:
    """The span in words: "3 分 20 秒"."""
    whole = round(seconds)
    if whole < 60:
        return _("%(seconds)s 秒") % {"seconds": f"{seconds:.1f}" if seconds < 10 else whole}
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": whole // 60, "seconds": whole % 60}
