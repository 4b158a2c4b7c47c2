"""What must not stand in a log although it stands in an address: the code of a receipt, the
signature of a photo's address. Django logs the path of every refused request."""

import logging
import re

# An address that is wrong by one digit holds fifteen right ones, so near misses go as well.
_RECEIPT = re.compile(r"(/r/[^/\s]{0,60})/[^/\s?\"']+")
_FILE = re.compile(r"(/files/)[^/\s?\"']+")


class WithoutCodes(logging.Filter):
    """Takes receipt codes and signatures out of every record of a handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record is kept, its words are cleaned."""
        message = record.getMessage()
        clean = _FILE.sub(r"\1…", _RECEIPT.sub(r"\1/…", message))
        if clean != message:
            record.msg, record.args = clean, None
        return True
