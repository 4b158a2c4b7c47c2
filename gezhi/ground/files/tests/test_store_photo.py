"""What is stored is a new picture: never the bytes that were sent, never what hid in them."""

import errno
import hashlib
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation
from PIL import Image

from gezhi.ground.audit.models import Entry
from gezhi.ground.files import actions, disk, encoding
from gezhi.ground.files.models import File
from gezhi.ground.files.tests import pictures
from gezhi.ground.jobs.models import Stuck
from gezhi.kernel import clock, confined
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db
CLERK = Viewer(user_id=5, district_id=1)
MOMENT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def _closest(image, at):
    x, y = at
    red, _, blue = image.crop((x, y, x + 1, y + 1)).tobytes()
    return "blue" if blue > red else "red"


def stored(content):
    file = actions.store_photo(pictures.upload(content), by=CLERK)
    return file, disk.path_of(file.id, file.stored_at, "photo").read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_is_stored_as_a_new_jpeg_with_its_digest(form):
    sent = pictures.picture(form)
    file, content = stored(sent)
    assert content != sent
    assert (file.width, file.height, file.size) == (40, 20, len(content))
    assert file.digest == hashlib.new("sm3", content).hexdigest()
    assert file.district_id == 1
    entry = Entry.objects.get(subject_kind="file", subject_id=file.id)
    assert (entry.verb, entry.user_id, entry.subject_digest) == ("files.store", 5, file.digest)


def test_it_lies_in_the_folder_of_its_day_in_china(media):
    with clock.moved_to(MOMENT):
        file, _ = stored(pictures.picture())
    names = {path.name for path in (media / "2026/11/22").iterdir()}
    assert names == {f"{file.id}.jpg", f"{file.id}.small.jpg"}


@pytest.mark.parametrize(
    ("sent", "secrets"),
    [(pictures.with_secrets_inside(), 4), (pictures.heic_with_secrets_inside(), 2)],
    ids=["jpeg", "heic"],
)
def test_position_camera_comment_and_profile_are_gone(sent, secrets):
    assert sent.count(b"CANARY") >= secrets
    file, content = stored(sent)
    small = disk.path_of(file.id, file.stored_at, "thumbnail").read_bytes()
    for kept in (content, small):
        assert b"CANARY" not in kept
        assert b"Exif" not in kept
        image = Image.open(io.BytesIO(kept))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_turn_the_camera_noted_is_made():
    _, content = stored(pictures.turned())
    image = Image.open(io.BytesIO(content))
    assert image.size == (20, 40)
    assert _closest(image, (10, 5)) == "blue"
    assert _closest(image, (10, 35)) == "red"


def test_a_heic_is_turned_as_its_container_says_and_once():
    _, content = stored(pictures.heic_with_secrets_inside())
    image = Image.open(io.BytesIO(content))
    assert image.size == (40, 80)
    assert _closest(image, (20, 10)) == "blue"
    assert _closest(image, (20, 70)) == "red"


@pytest.mark.parametrize("brands", [(b"heic", b"mif1"), (b"mif1", b"heic"), (b"heix", b"mif1")])
def test_a_heic_is_known_by_any_of_its_brands_and_by_no_name(brands):
    upload = pictures.upload(pictures.branded(*brands))
    assert upload.name == "photo.jpg"
    assert actions.store_photo(upload, by=CLERK).width == 40


@pytest.mark.parametrize("name", ["avif", "film", "gif", "pdf"])
def test_a_kind_that_is_not_taken_is_told_what_to_do_on_the_phone(name):
    with pytest.raises(Invalid) as refusal:
        stored(pictures.hostile()[name])
    assert refusal.value.code == "photo_type"
    assert all(word in refusal.value.message for word in ("HEIC", "截一张屏"))
    assert "设置" not in refusal.value.message, "the way of one maker's phone"
    with translation.override("en"), pytest.raises(Invalid, match="screenshot"):
        stored(pictures.hostile()[name])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_tail_behind_the_picture_is_not_kept(form):
    sent = pictures.picture(form) + b"PK\x03\x04" + pictures.HTML
    _, content = stored(sent)
    assert b"CANARY" not in content
    assert b"<script" not in content


def test_a_large_photo_is_made_to_fit_and_has_a_thumbnail():
    file, content = stored(pictures.picture(size=(3000, 1500)))
    assert Image.open(io.BytesIO(content)).size == (file.width, file.height) == (2048, 1024)
    small = disk.path_of(file.id, file.stored_at, "thumbnail").read_bytes()
    assert Image.open(io.BytesIO(small)).size == (320, 160)


@pytest.mark.parametrize(
    ("form", "mode", "colour", "seen"),
    [
        ("PNG", "RGBA", (0, 0, 0, 0), 255),
        ("PNG", "I;16", 40_000, 156),
        ("PNG", "1", 1, 255),
        ("PNG", "LA", (0, 255), 0),
        ("PNG", "P", 0, 0),
        ("JPEG", "CMYK", (0, 0, 0, 255), 0),
        ("JPEG", "L", 90, 90),
        ("WEBP", "RGBA", (0, 0, 0, 0), 255),
    ],
)
def test_every_kind_of_pixel_is_shown_as_it_looked(form, mode, colour, seen):
    _, content = stored(pictures.picture(form, mode=mode, colour=colour))
    levels = Image.open(io.BytesIO(content)).crop((5, 5, 6, 6)).tobytes()
    assert all(abs(level - seen) <= 2 for level in levels)


@pytest.mark.parametrize("name", sorted(pictures.hostile()))
def test_hostile_bytes_are_refused_and_nothing_is_stored(name, media):
    with pytest.raises(Invalid) as refusal:
        stored(pictures.hostile()[name])
    assert refusal.value.field == "photo"
    assert not File.objects.exists()
    assert not any(media.iterdir())


@pytest.mark.parametrize("name", ["bomb", "heic that claims 51 megapixels"])
def test_a_bomb_is_refused_for_the_pixels_it_claims(name):
    with pytest.raises(Invalid) as refusal:
        stored(pictures.hostile()[name])
    assert refusal.value.code == "photo_too_many_pixels"


def test_more_than_ten_megabytes_are_refused_before_any_decoding(monkeypatch):
    monkeypatch.setattr(confined, "run", lambda *asked, **named: pytest.fail("was decoded"))
    with pytest.raises(Invalid) as refusal:
        stored(pictures.picture() + b"\0" * encoding.UPLOAD_BYTES)
    assert refusal.value.code == "photo_too_big"


@pytest.mark.parametrize(
    "answered", [None, b"", b"no JSON\n", b'{"width":1,"height":1,"photo":0,"thumbnail":0}\n']
)
def test_a_child_that_answers_nothing_or_nonsense_is_a_refusal(answered, monkeypatch):
    monkeypatch.setattr(confined, "run", lambda *asked, **named: answered)
    with pytest.raises(Invalid) as refusal:
        stored(pictures.picture())
    assert refusal.value.code == "photo_unreadable"


def test_a_prepared_photo_is_on_disk_before_any_row(django_assert_num_queries, media):
    with django_assert_num_queries(0):
        photo = actions.prepare_photo(pictures.upload(pictures.picture()))
    assert disk.path_of(photo.file_id, photo.stored_at, "photo").stat().st_size == photo.size
    file = actions.store_photo(photo, by=CLERK)
    assert (file.id, file.digest) == (photo.file_id, photo.digest)


def test_cleaning_takes_orphans_and_removed_photos_and_leaves_the_rest(media):
    kept, _ = stored(pictures.picture())
    removed, _ = stored(pictures.picture())
    actions.remove(file_id=removed.id, by=CLERK)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        orphan, _ = stored(pictures.picture())
        raise ZeroDivisionError
    disk.path_of(orphan.id, orphan.stored_at, "photo").with_name(".1.jpg.part").write_bytes(b"x")
    for path in media.rglob("*.*"):
        os.utime(path, times=(clock.now().timestamp(),) * 2)
    assert actions.clean() == 0
    with clock.moved_to(clock.now() + timedelta(days=2)):
        assert actions.clean() == 5
    left = {path.name for path in media.rglob("*.jpg")}
    assert left == {f"{kept.id}.jpg", f"{kept.id}.small.jpg"}


def test_a_photo_is_removed_once():
    file, _ = stored(pictures.picture())
    actions.remove(file_id=file.id, by=CLERK)
    with pytest.raises(Unseen):
        actions.remove(file_id=file.id, by=CLERK)


def test_writing_over_a_half_written_file_leaves_the_whole_one(media):
    path = media / "2026/01/02/3.jpg"
    path.parent.mkdir(parents=True)
    path.with_name(".3.jpg.part").write_bytes(b"half")
    disk.write(path, b"whole")
    assert [p.name for p in path.parent.iterdir()] == ["3.jpg"]
    assert path.read_bytes() == b"whole"


def test_a_file_that_cannot_be_deleted_keeps_none_of_the_others_and_is_shown(media):
    for name in ("7.jpg", "8.jpg", "9.jpg"):
        path = media / "2026/11/01" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name == "8.jpg" else path.write_bytes(b"x")
        os.utime(path, times=(clock.now().timestamp(),) * 2)
    with clock.moved_to(clock.now() + timedelta(days=2)):
        assert actions.clean() == 2
        row = Stuck.objects.get()
        assert (row.loop, row.subject) == ("clean-files", "8.jpg")
        assert "Error at gezhi.ground.files.actions" in row.words
        (media / "2026/11/01/8.jpg").rmdir()
        actions.clean()
    assert not Stuck.objects.exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_photo_there_is_no_room_for_says_so_and_leaves_nothing(monkeypatch, media, number):
    def full(handle):
        raise OSError(number, "no room")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Invalid, match="先去掉照片") as refused:
        actions.prepare_photo(pictures.upload(pictures.picture()))
    assert refused.value.code == "photo_no_room"
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_disk_that_is_broken_otherwise_is_our_fault(monkeypatch):
    def broken(handle):
        raise OSError(errno.EIO, "input/output")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="input/output"):
        actions.prepare_photo(pictures.upload(pictures.picture()))
