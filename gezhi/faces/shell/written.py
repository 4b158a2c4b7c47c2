"""What people wrote at length in a form that was not taken: shown again, to be copied; never logged."""

import contextlib
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.request import RawPostDataException

from gezhi.faces.shell.origin import comes_from_elsewhere

# Nothing that is a secret or says who they are.
_NAMES = ("text", "words", "place_words")
_MOST = 10_000


def written(request: HttpRequest) -> list[str]:
    """The long words of a form that was sent, as far as its body can be read. Never raises.

    Words of another site's form are not the reader's own: [].
    """
    if request.method != "POST" or comes_from_elsewhere(request):
        return []
    fields = _fields(request)
    values = (str(fields.get(name, "")).strip() for name in _NAMES)
    return [value[:_MOST] for value in values if value]


def _fields(request: HttpRequest) -> QueryDict:
    fields: QueryDict = QueryDict()
    with contextlib.suppress(
        OSError, RawPostDataException, SuspiciousOperation, MultiPartParserError
    ):
        fields = request.POST
    if not fields and request.content_type == "multipart/form-data":
        fields = _read_again(request)
    return fields


def _read_again(request: HttpRequest) -> QueryDict:
    """The fields without the files: on a full disk it is a photo that could not be put down."""
    body: Any = request.META.get("wsgi.input")
    try:
        body.seek(0)
        parser = MultiPartParser(request.META, body, [_NoFiles(request)], request.encoding)
        fields, _files = parser.parse()
    except (AttributeError, OSError, SuspiciousOperation, MultiPartParserError):
        # What serves us gives a body out once only, or it is no form.
        return QueryDict()
    return fields


class _NoFiles(FileUploadHandler):
    def new_file(self, *of_file: Any, **named: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing comes here: every file is skipped."""

    def file_complete(self, file_size: int) -> None:
        """Nothing is complete."""
