"""What must not stand in a log although it stands in an address: the code of a receipt, the link of
a unit outside, the signature of a photo's address. Django logs the path of every refused request."""

import logging
import re

# An address that is wrong by one digit holds fifteen right ones, so near misses go as well.
_RECEIPT = re.compile(r"(/r/[^/\s]{0,60})/[^/\s?\"']+")
_ALONE = re.compile(r"(/(?:files|g)/)[^/\s?\"']+")


class WithoutCodes(logging.Filter):
    """Takes receipt codes, links and signatures out of every record of a logger or a handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record is kept, its words are cleaned."""
        message = record.getMessage()
        clean = _ALONE.sub(r"\1…", _RECEIPT.sub(r"\1/…", message))
        if clean != message:
            record.msg, record.args = clean, None
        return True
