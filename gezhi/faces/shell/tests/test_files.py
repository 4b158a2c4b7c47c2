"""A photo is answered as an image that runs nothing and that nobody else keeps."""

import pytest
from django.test import RequestFactory

from gezhi.faces.shell.files import signed_file
from gezhi.ground.files import actions, queries
from gezhi.ground.files.tests import pictures
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db
OWN = Viewer(user_id=5)


@pytest.fixture
def file(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return actions.store_photo(pictures.upload(pictures.picture()), by=OWN)


def answer(viewer, address, method="get"):
    request = getattr(RequestFactory(), method)(address)
    request.viewer = viewer
    return signed_file(request, address.removeprefix("/files/"))


def test_the_bytes_come_with_every_warning_to_the_browser(file):
    response = answer(OWN, queries.signed_address(file.id, OWN))
    assert len(b"".join(response.streaming_content)) == file.size
    response.close()
    assert {name: response[name] for name in response.headers} == {
        "Content-Type": "image/jpeg",
        "Content-Length": str(file.size),
        "Content-Disposition": f'inline; filename="{file.id}.jpg"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=300",
    }


def test_it_is_only_read(file):
    assert answer(OWN, queries.signed_address(file.id, OWN), "post").status_code == 405


def test_another_user_finds_nothing(file):
    with pytest.raises(Unseen):
        answer(Viewer(user_id=6), queries.signed_address(file.id, OWN))
