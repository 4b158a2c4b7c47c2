"""The 16-digit code on a resident's receipt: computed, never stored.

Number and code together open a receipt, so a repeat of a report can be answered with the same
receipt although nothing secret lies in the database (design §4.7).
"""

from hmac import compare_digest

from gezhi.kernel.secrets.providers import provider

DIGITS = 16
_NAME = "receipt"


def receipt_code(report_id: int) -> str:
    """Sixteen decimal digits for the report, from HMAC-SM3 under the current receipt key.

    About 53 bits: guessing is stopped by counting tries, not by the code alone.
    """
    use = provider()
    return _code(use.mac(_NAME, use.key_ids(_NAME)[0], _data(report_id)))


def receipt_matches(report_id: int, typed: str) -> bool:
    """Whether what somebody typed (blanks and hyphens allowed, full-width digits too) is a code of
    this report under any living receipt key; takes the same time for a near and a far miss."""
    use = provider()
    given = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    rest = "".join(sign for sign in typed if not sign.isdecimal() and sign not in " -－　\t")
    well_formed = len(given) == DIGITS and not rest
    found = False
    for key_id in use.key_ids(_NAME):
        code = _code(use.mac(_NAME, key_id, _data(report_id)))
        found = compare_digest(code, given) or found
    return found and well_formed


def _data(report_id: int) -> bytes:
    return b"report\x00" + str(report_id).encode()


def _code(tag: bytes) -> str:
    return f"{int.from_bytes(tag) % 10**DIGITS:0{DIGITS}d}"
