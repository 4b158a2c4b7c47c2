"""Small drawn pictures in place of photographs: enough to see that a photo is there, of nobody."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from gezhi.faces.terminal.demo.lives import Life
from gezhi.faces.terminal.demo.plot import Running
from gezhi.ground.files.actions import PreparedPhoto, prepare_photo, store_photo
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

WIDTH, HEIGHT = 640, 480
_Draw = Callable[[ImageDraw.ImageDraw, np.random.Generator], None]
_HORIZON = 210


def picture(subject: str, rng: np.random.Generator) -> bytes:
    """A JPEG of some subject (`SUBJECTS`, or `done` for a tidy place), never twice the same."""
    night = subject == "dark"
    image = Image.new("RGB", (WIDTH, HEIGHT), (24, 28, 44) if night else (186, 205, 220))
    draw = ImageDraw.Draw(image)
    _street(draw, rng, night)
    _SUBJECTS.get(subject, _tidy)(draw, rng)
    grain = rng.normal(0, 7, (HEIGHT, WIDTH, 1))
    pixels = np.clip(np.asarray(image.filter(ImageFilter.GaussianBlur(0.8))) + grain, 0, 255)
    out = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(out, "JPEG", quality=72)
    return out.getvalue()


def _street(draw: ImageDraw.ImageDraw, rng: np.random.Generator, night: bool) -> None:
    dim = 0.3 if night else 1.0

    def shade(*color: int) -> tuple[int, ...]:
        return tuple(int(part * dim) for part in color)

    x = -20
    while x < WIDTH:
        wide, high = int(rng.integers(90, 170)), int(rng.integers(90, 190))
        draw.rectangle((x, _HORIZON - high, x + wide, _HORIZON + 40), fill=shade(206, 190, 168))
        for column in range(x + 12, x + wide - 14, 28):
            for row in range(_HORIZON - high + 12, _HORIZON + 10, 34):
                draw.rectangle((column, row, column + 13, row + 18), fill=shade(120, 138, 150))
        x += wide + int(rng.integers(4, 26))
    draw.rectangle((0, _HORIZON + 40, WIDTH, HEIGHT), fill=shade(146, 146, 144))
    draw.polygon(
        [(0, _HORIZON + 90), (WIDTH, _HORIZON + 60), (WIDTH, _HORIZON + 40), (0, _HORIZON + 40)],
        fill=shade(178, 172, 160),
    )


def _cover(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    x, y = int(rng.integers(220, 380)), int(rng.integers(330, 380))
    draw.ellipse((x - 90, y - 38, x + 90, y + 38), fill=(52, 50, 48))
    draw.ellipse(
        (x - 60, y - 52, x + 110, y + 18), fill=(92, 88, 82), outline=(40, 38, 36), width=4
    )


def _water(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    draw.ellipse((60, 300, 590, 470), fill=(122, 140, 150))
    for _bit in range(14):
        x, y = int(rng.integers(110, 540)), int(rng.integers(320, 450))
        draw.ellipse((x, y, x + 18, y + 7), fill=(196, 206, 210))


def _dark(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    for x in (150, 330, 510):
        draw.line((x, 420, x, 120, x + 40, 110), fill=(70, 74, 86), width=7)
    del rng


def _box(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    x = int(rng.integers(210, 330))
    draw.rectangle((x, 190, x + 150, 400), fill=(176, 44, 40), outline=(90, 20, 18), width=5)
    draw.polygon([(x + 20, 220), (x + 120, 240), (x + 100, 370), (x + 30, 350)], fill=(60, 52, 50))


def _bin(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    for number, color in enumerate(((52, 110, 70), (60, 84, 140), (96, 96, 96))):
        x = 160 + number * 120
        draw.rectangle((x, 260, x + 84, 400), fill=color)
    _bags(draw, rng, 9)


def _bags(draw: ImageDraw.ImageDraw, rng: np.random.Generator, count: int) -> None:
    for _bag in range(count):
        x, y, size = (
            int(rng.integers(90, 520)),
            int(rng.integers(360, 420)),
            int(rng.integers(24, 52)),
        )
        tone = int(rng.integers(40, 220))
        draw.ellipse((x, y, x + size, y + int(size * 0.8)), fill=(tone, tone, min(255, tone + 10)))


def _tree(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    draw.rectangle((300, 170, 330, 420), fill=(98, 78, 58))
    for _leaf in range(40):
        x, y = int(rng.normal(315, 90)), int(rng.normal(130, 50))
        draw.ellipse(
            (x - 30, y - 22, x + 30, y + 22), fill=(70, 110 + int(rng.integers(0, 50)), 66)
        )
    draw.line((330, 240, 470, 330), fill=(112, 92, 66), width=10)


def _heap(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    for _piece in range(60):
        x = int(rng.normal(320, 95))
        y = int(430 - max(0.0, 120 - abs(x - 320)) * rng.random())
        side = int(rng.integers(14, 44))
        tone = int(rng.integers(110, 190))
        draw.rectangle(
            (x, y, x + side, y + int(side * 0.6)), fill=(tone, int(tone * 0.86), int(tone * 0.7))
        )


def _road(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    edge = [(int(x), int(360 + rng.integers(-40, 40))) for x in range(180, 480, 40)]
    draw.polygon([*edge, (470, 450), (190, 440)], fill=(74, 70, 66))


def _car(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    color = tuple(int(part) for part in rng.integers(60, 210, 3))
    draw.rounded_rectangle((130, 300, 520, 400), 30, fill=color)
    draw.polygon([(210, 300), (260, 240), (410, 240), (460, 300)], fill=(64, 72, 80))
    for x in (190, 400):
        draw.ellipse((x, 370, x + 66, 436), fill=(34, 34, 34))


def _wire(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    points = [(330 + int(rng.integers(-14, 14)), y) for y in range(60, 420, 30)]
    draw.line(points, fill=(30, 30, 30), width=5)
    draw.rounded_rectangle((270, 380, 420, 430), 14, fill=(60, 90, 140))


def _stairs(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    for step in range(7):
        draw.rectangle(
            (80, 440 - step * 34, 560 - step * 30, 470 - step * 34), fill=(150, 146, 138)
        )
    _heap(draw, rng)


def _roof(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    draw.polygon([(120, 260), (320, 150), (540, 260)], fill=(92, 116, 140))
    draw.rectangle((150, 260, 510, 400), fill=(176, 182, 188), outline=(90, 96, 102), width=4)
    del rng


def _wall(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    draw.polygon([(80, 200), (560, 240), (590, 430), (60, 420)], fill=(170, 120, 96))
    crack = [(300, 230)]
    for _step in range(6):
        crack.append((crack[-1][0] + int(rng.integers(-26, 26)), crack[-1][1] + 32))
    draw.line(crack, fill=(50, 34, 28), width=7)


def _form(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """A sheet with its table filled in, signed and stamped."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(120, 96, 74))
    draw.rectangle((150, 20, 500, 470), fill=(246, 244, 238))
    draw.rectangle((230, 44, 420, 62), fill=(60, 60, 60))
    for row in range(90, 390, 50):
        draw.rectangle((175, row, 475, row + 50), outline=(90, 90, 90), width=2)
        draw.line((265, row, 265, row + 50), fill=(90, 90, 90), width=2)
        draw.rectangle((190, row + 18, 245, row + 30), fill=(110, 110, 110))
        long = int(rng.integers(60, 190))
        draw.line((280, row + 26, 280 + long, row + 22), fill=(40, 52, 120), width=5)
    draw.ellipse((360, 360, 460, 460), outline=(200, 40, 40), width=5)
    draw.line((200, 430, 260, 410, 300, 436), fill=(40, 52, 120), width=4)


def _tidy(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    draw.line((0, 400, WIDTH, 372), fill=(226, 222, 210), width=5)
    for x in (120, 500):
        draw.rectangle((x, 250, x + 20, 380), fill=(98, 78, 58))
        draw.ellipse((x - 45, 150, x + 65, 270), fill=(84, 132, 80))
    del rng


_SUBJECTS: Final[dict[str, _Draw]] = {
    "cover": _cover,
    "water": _water,
    "dark": _dark,
    "box": _box,
    "bin": _bin,
    "tree": _tree,
    "heap": _heap,
    "road": _road,
    "car": _car,
    "wire": _wire,
    "stairs": _stairs,
    "roof": _roof,
    "wall": _wall,
    "form": _form,
}
SUBJECTS: Final = frozenset(_SUBJECTS)


def subject_of(life: Life, order: int) -> str:
    """What the photo of a deed of a life shows, "" for none; some photos are enough."""
    deed = life.deeds[order]
    if order < len(life.acts) and life.acts[order].photo:
        return life.acts[order].photo
    if deed == "spot":
        return "done"
    if life.serial % 6 or not life.story.photo:
        return ""
    return {"report": life.story.photo, "join": life.story.photo, "finish": "done"}.get(deed, "")


class Photos:
    """Draws and re-encodes the photos of a plot ahead, beside the deeds, in the order of time.

    Re-encoding runs in a child process of its own, so a second core does it meanwhile.
    """

    def __init__(self, plot: Sequence[Running], *, now: datetime, seed: int) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._ahead: dict[tuple[int, int], Future[PreparedPhoto]] = {}
        wanted = sorted(
            (moment, running.life.serial, order, subject)
            for running in plot
            for order, moment in enumerate(running.moments)
            if moment < now and (subject := subject_of(running.life, order))
        )
        for moment, serial, order, subject in wanted:
            self._ahead[serial, order] = self._pool.submit(
                _prepared, subject, moment, [seed, serial, order]
            )

    def stored(self, running: Running, by: Viewer) -> list[int]:
        """The id of the photo of the deed being done, stored as this viewer's; [] for none."""
        waited = self._ahead.pop((running.life.serial, running.done), None)
        return [store_photo(waited.result(), by=by).pk] if waited else []

    def close(self) -> None:
        """Let go of the helper thread; photos nobody asked for are not drawn any more."""
        self._pool.shutdown(cancel_futures=True)


def _prepared(subject: str, moment: datetime, seed: list[int]) -> PreparedPhoto:
    with clock.moved_to(moment):
        return prepare_photo(io.BytesIO(picture(subject, np.random.default_rng(seed))))
