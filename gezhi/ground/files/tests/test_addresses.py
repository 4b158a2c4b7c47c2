"""An address opens one photo for one holder and not for long."""

from datetime import timedelta

import pytest

from gezhi.ground.files import actions, addresses, doors, queries
from gezhi.ground.files.tests import pictures
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db
OWN, OTHER, STRANGER = Viewer(user_id=5), Viewer(user_id=6), Viewer.anonymous()


@pytest.fixture
def file(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return actions.store_photo(pictures.upload(pictures.picture(size=(600, 400))), by=OWN)


def opened(viewer, address):
    return queries.open_signed(viewer, address.removeprefix("/files/"))


def test_the_holder_opens_photo_and_thumbnail(file):
    photo = opened(OWN, queries.signed_address(file.id, OWN))
    small = opened(OWN, queries.signed_address(file.id, OWN, size="thumbnail"))
    assert (photo.size, photo.media_type, photo.name) == (file.size, "image/jpeg", f"{file.id}.jpg")
    assert 0 < small.size < photo.size


@pytest.mark.parametrize("viewer", [OTHER, STRANGER, Viewer.system("task")])
def test_an_address_of_a_user_opens_for_nobody_else(file, viewer):
    with pytest.raises(Unseen):
        opened(viewer, queries.signed_address(file.id, OWN))


def test_an_address_of_a_receipt_opens_without_a_session(file):
    assert (
        opened(STRANGER, queries.signed_address(file.id, STRANGER, report_id=9)).size == file.size
    )


@pytest.mark.parametrize("viewer", [STRANGER, Viewer.system("task")])
def test_no_address_is_made_for_nobody(file, viewer):
    with pytest.raises(NotPermitted):
        queries.signed_address(file.id, viewer)


def test_it_lives_five_to_ten_minutes_and_not_longer(file):
    for late in (0, 17, 299):
        clock.advance(timedelta(seconds=late))
        address = queries.signed_address(file.id, OWN)
        made = clock.now()
        with clock.moved_to(made + timedelta(minutes=5)):
            assert opened(OWN, address)
        with clock.moved_to(made + timedelta(minutes=10, seconds=1)), pytest.raises(Unseen):
            opened(OWN, address)


def test_every_changed_sign_is_noticed(file):
    signed = addresses.sign(addresses.Address(file.id, "photo", "u5"))
    assert addresses.read(signed) is not None
    for place, sign in enumerate(signed):
        other = "7" if sign != "7" else "8"
        forged = signed[:place] + other + signed[place + 1 :]
        assert addresses.read(forged) is None


@pytest.mark.parametrize(
    "signed", ["", ".", "a.b.c", "1.photo.u5.99999999999.", "ü" * 50, "1" * 900]
)
def test_what_is_no_address_opens_nothing(file, signed):
    with pytest.raises(Unseen):
        queries.open_signed(OWN, signed)


def test_an_address_outlives_the_rotation_of_the_key(file, tmp_path):
    folder = tmp_path / "keys"
    secrets.create_keys(folder)
    secrets.configure(secrets.FileProvider(folder))
    try:
        address = queries.signed_address(file.id, OWN)
        secrets.rotate(folder, "files")
        assert opened(OWN, address)
    finally:
        secrets.configure(None)


def test_a_removed_photo_is_gone_at_once(file):
    address = queries.signed_address(file.id, OWN)
    actions.remove(file_id=file.id, by=OWN)
    with pytest.raises(Unseen):
        opened(OWN, address)


def test_a_photo_whose_bytes_are_lost_is_gone_and_no_fault(file, tmp_path):
    address = queries.signed_address(file.id, OWN)
    for path in tmp_path.rglob("*.jpg"):
        path.unlink()
    with pytest.raises(Unseen):
        opened(OWN, address)


def test_what_is_closed_to_somebody_since_opens_no_more(file, monkeypatch):
    address = queries.signed_address(file.id, OWN)
    monkeypatch.setitem(
        doors._doors, "tried", lambda viewer, asked: (viewer, asked) != (OWN, file.id)
    )
    with pytest.raises(Unseen):
        opened(OWN, address)
    monkeypatch.delitem(doors._doors, "tried")
    assert opened(OWN, address)
