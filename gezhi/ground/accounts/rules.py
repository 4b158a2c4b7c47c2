"""What an account looks like and when guessing stops; pure."""

import re
import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gezhi.ground.counters.rules import Limit
from gezhi.kernel import names, phones
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.viewer import Viewer

# GB/T 22239-2019 8.1.4.1 b): failures lock; assessors expect 5 failures and at least 10 minutes.
# From a browser its owner has logged in from before: five, whatever happens elsewhere.
FROM_DEVICE = Limit("login_device", 5, 600)
# From anywhere else: five of one number from one network, thirty from all networks together, and a
# hundred a day (NIST SP 800-63B 3.2.2); thirty of any numbers from one network.
FROM_NETWORK = Limit("login", 5, 600)
OF_NUMBER = Limit("login_number", 30, 600)
OF_NUMBER_A_DAY = Limit("login_day", 100, 86_400)
OF_NETWORK = Limit("login_network", 30, 600)
LOCKING = (FROM_DEVICE, FROM_NETWORK, OF_NUMBER, OF_NUMBER_A_DAY)

_STAFF_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9_-]{1,29}")
# No signs that look alike in print: one-time passwords are read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def staff_number(text: str) -> str:
    """The normal form of a staff number: narrow, upper case. Invalid for anything but 2–30
    Latin letters, digits, hyphens and underscores."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if not _STAFF_NUMBER.fullmatch(plain):
        raise Invalid(_("工号为 2 至 30 位字母、数字或短横线"), field="staff_number")
    return plain


def person_name(text: str) -> str:
    """The name as `kernel.names.person` writes it; refuses what `names.valid` does, and over 40
    signs."""
    return names.valid(names.person(text), most=40, empty=_("请填写姓名，不超过 40 个字"))


def phone(text: str) -> str:
    """The one written form of a phone number (`kernel.phones`); "" stays "".

    Invalid for what is no mobile or landline number.
    """
    plain = phones.normalized(text)
    if plain and not phones.is_valid(plain):
        raise Invalid(_("电话号码不对，请检查位数；座机请带区号"), field="phone")
    return plain


def password_sentence(error: ValidationError) -> str:
    """Why a password will not do, in words of ours: Django's Chinese has gaps, and names fields."""
    sentences = {
        "password_too_short": _("密码太短，至少要 %(least)s 位")
        % {"least": (error.params or {}).get("min_length", 10)},
        "password_too_similar": _("密码和工号、姓名太像，换一个别人猜不到的"),
        "password_too_common": _("这个密码太常见，换一个别人猜不到的"),
        "password_entirely_numeric": _("密码不能全是数字"),
    }
    return sentences.get(error.code or "") or " ".join(error.messages)


def one_time_password() -> str:
    """A password for one log-in, 16 signs of 31 (79 bits), in groups for reading aloud."""
    signs = "".join(secrets.choice(_ALPHABET) for _place in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def require_district(by: Viewer, district_id: int | None) -> None:
    """Raises Unseen when the row belongs to a district that is not the viewer's."""
    if not by.is_system and by.district_id != district_id:
        raise Unseen(_("没有找到"))
