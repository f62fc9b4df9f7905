"""Small pictures that the program draws: what is wrong before, and how it looks afterwards. Each is marked as drawn."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from rixin.cases import photos
from rixin.cases.photos import KeptPhoto
from rixin.privacy.photos import CleanImage, clean_image

WIDTH, HEIGHT = 640, 480
_SCALE = 2
"""Drawn so much larger and then shrunk: edges come out smooth."""
_VARIANTS = 2
_HORIZON = 250
# "示意图 · drawing", one bit per pixel, so that no font is needed.
_MARK = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAJoAAAAWAQAAAAAQ9rgZAAAA70lEQVR42rWQoU4DURQF596+0E1KWEOaqqbAD2Cw9PEBJBgcouUX"
    "kAT6BKCwaAxBg6CSvMUUgegPAKtJDRvEkix7EWAIkjDymDkZ+B96qeU/l9RSO2UAUvblJFnprK7jXkWacwOAiyJmizjW7hQ45Bzg"
    "xXQDD5sodPezCcAHFkqUiPZtKP4S4rejElBomj0gPRDXXc4F0Gw4UsYALNxGqEmDOqRunAXL4S0wg1DgUNPWzSNeoDW9XtoGNBGp"
    "uQegPvACHnS+ft+lBGhQPfvIyKMdjq9CG6BtW8kTMEandrTnC4Cdr6NxEpAo1a9Kf+MTdeVLg7ESgvEAAAAASUVORK5CYII="
)

Colour = tuple[int, int, int]
_SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((176, 206, 232), (232, 240, 245)),
    ((203, 208, 212), (232, 232, 228)),
    ((238, 196, 152), (247, 226, 196)),
    ((52, 62, 92), (112, 116, 140)),
)
_WALLS: tuple[Colour, ...] = ((214, 196, 172), (196, 178, 164), (222, 214, 200), (186, 190, 196), (205, 170, 150))
_SIGNS: tuple[Colour, ...] = ((32, 104, 120), (158, 52, 44), (46, 108, 66), (60, 82, 134))
_GREEN, _DARK_GREEN, _TRUNK = (98, 146, 84), (62, 108, 66), (112, 84, 62)
_ROAD, _KERB, _PAVING = (116, 118, 122), (178, 178, 174), (190, 184, 174)


@dataclass(frozen=True)
class Pair:
    """The same spot before and after."""

    before: KeptPhoto
    after: KeptPhoto


def keep_all(random: Random) -> dict[str, tuple[Pair, ...]]:
    """Draws and stores every picture; by what it shows. The same source of chance draws the same pictures."""
    return {name: tuple(_pair(draw, random) for _nth in range(_VARIANTS)) for name, draw in sorted(_SCENES.items())}


def drawn(name: str, random: Random, *, after: bool) -> Image.Image:
    """One picture."""
    board = _Board(random)
    _SCENES[name](board, after)
    return board.finished()


def _pair(draw: "Callable[[_Board, bool], None]", random: Random) -> Pair:
    seed = random.getrandbits(32)
    kept = []
    for after in (False, True):
        board = _Board(Random(seed))
        draw(board, after)
        kept.append(_kept(board.finished()))
    return Pair(*kept)


def doorway(random: Random) -> CleanImage:
    """The front of a house that serves residents: a board over the door, steps, a window on each side."""
    board = _Board(random)
    board.street(road=False)
    wall, sign = random.choice(_WALLS), random.choice(_SIGNS)
    left, right, ground = WIDTH * 0.14, WIDTH * 0.86, HEIGHT * 0.82
    middle = WIDTH / 2
    board.box(left, HEIGHT * 0.16, right, ground, wall)
    board.box(left, HEIGHT * 0.16, right, HEIGHT * 0.2, board.shade(wall, -24))
    board.box(left + 30, HEIGHT * 0.26, right - 30, HEIGHT * 0.37, sign, round_=4)
    for nth in range(7):
        x = middle - 132 + nth * 40
        board.box(x, HEIGHT * 0.29, x + 24, HEIGHT * 0.34, (246, 244, 236), round_=2)
    for x in (left + 46, right - 46 - 120):
        board.box(x, HEIGHT * 0.45, x + 120, HEIGHT * 0.68, board.shade(wall, -40))
        board.box(x + 6, HEIGHT * 0.46, x + 114, HEIGHT * 0.67, (196, 216, 224))
    board.box(middle - 62, HEIGHT * 0.44, middle + 62, ground, board.shade(wall, -60))
    board.box(middle - 54, HEIGHT * 0.46, middle - 2, ground, (150, 178, 190))
    board.box(middle + 2, HEIGHT * 0.46, middle + 54, ground, (150, 178, 190))
    for nth in range(3):
        board.box(middle - 90 - nth * 14, ground + nth * 12, middle + 90 + nth * 14, ground + nth * 12 + 12, _KERB)
    return _cleaned(board.finished())


def _cleaned(image: Image.Image) -> CleanImage:
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return clean_image(BytesIO(out.getvalue()))


def _kept(image: Image.Image) -> KeptPhoto:
    clean = _cleaned(image)
    return photos.keep(clean.bytes, digest=clean.sha256, width=clean.width, height=clean.height)


class _Board:
    """A street corner to draw on. Positions are in pixels of the finished picture."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE))
        self._draw = ImageDraw.Draw(self._image)
        self.sky = random.choices(_SKIES, weights=(5, 3, 2, 1))[0]

    def finished(self) -> Image.Image:
        image = self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        grain = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), self.random.randbytes(WIDTH * HEIGHT // 4))
        grain = grain.filter(ImageFilter.BoxBlur(1)).resize((WIDTH, HEIGHT))
        image = Image.blend(image, Image.merge("RGB", (grain, grain, grain)), 0.06)
        mark = Image.open(BytesIO(_MARK))
        left, top = WIDTH - mark.width - 18, HEIGHT - mark.height - 14
        ImageDraw.Draw(image).rounded_rectangle((left - 8, top - 6, WIDTH - 10, HEIGHT - 8), 6, (40, 44, 52))
        image.paste((240, 240, 236), (left, top), mark)
        return image

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, *, round_: float = 0) -> None:
        shape = [value * _SCALE for value in (left, top, right, bottom)]
        self._draw.rounded_rectangle(shape, round_ * _SCALE, colour)

    def disc(self, x: float, y: float, across: float, colour: Colour, *, high: float | None = None) -> None:
        up = (across if high is None else high) / 2
        self._draw.ellipse([v * _SCALE for v in (x - across / 2, y - up, x + across / 2, y + up)], colour)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], colour)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: float = 3) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, colour, int(width * _SCALE), joint="curve")

    def blob(self, x: float, y: float, across: float, high: float, colour: Colour) -> None:
        """An uneven patch, such as a puddle."""
        for _nth in range(7):
            dx, dy = self.random.uniform(-0.3, 0.3) * across, self.random.uniform(-0.25, 0.25) * high
            self.disc(x + dx, y + dy, across * self.random.uniform(0.4, 0.7), colour, high=high * 0.6)

    def shade(self, colour: Colour, by: int) -> Colour:
        red, green, blue = (min(255, max(0, part + by)) for part in colour)
        return red, green, blue

    def street(self, *, road: bool = True) -> None:
        """Sky, houses, pavement and, where asked for, a road."""
        top, low = self.sky
        for y in range(0, _HORIZON, 5):
            share = y / _HORIZON
            tone = (_mix(top[0], low[0], share), _mix(top[1], low[1], share), _mix(top[2], low[2], share))
            self.box(0, y, WIDTH, y + 5, tone)
        self._houses()
        self.box(0, _HORIZON, WIDTH, HEIGHT, _PAVING)
        for x in range(-200, WIDTH + 200, 64):
            self.line([(WIDTH / 2 + (x - WIDTH / 2) * 0.7, _HORIZON), (x, HEIGHT)], self.shade(_PAVING, -14), 1.5)
        for y in (275, 310, 356, 416):
            self.line([(0, y), (WIDTH, y)], self.shade(_PAVING, -14), 1.5)
        if road:
            self.shape([(0, 400), (WIDTH, 340), (WIDTH, HEIGHT), (0, HEIGHT)], _ROAD)
            self.line([(0, 400), (WIDTH, 340)], _KERB, 8)
            for x in range(20, WIDTH, 130):
                self.line([(x, 462 - x * 0.06), (x + 64, 458 - x * 0.06)], (222, 220, 206), 5)

    def room(self) -> None:
        """A stairwell: walls, floor and a door."""
        wall = self.random.choice(_WALLS)
        self.box(0, 0, WIDTH, HEIGHT, wall)
        self.box(0, 230, WIDTH, HEIGHT, self.shade(wall, -28))
        self.shape([(0, HEIGHT), (150, 330), (WIDTH - 150, 330), (WIDTH, HEIGHT)], (158, 152, 146))
        self.box(150, 90, WIDTH - 150, 330, self.shade(wall, 12))
        self.box(430, 120, 480, 330, (120, 88, 66))
        self.disc(438, 230, 7, (214, 190, 120))
        self.box(180, 20, 300, 34, (250, 246, 226), round_=4)

    def tree(self, x: float, ground: float, high: float, leaf: Colour = _GREEN) -> None:
        self.box(x - high * 0.035, ground - high * 0.5, x + high * 0.035, ground, _TRUNK)
        for _nth in range(9):
            dx, dy = self.random.uniform(-0.2, 0.2) * high, self.random.uniform(-0.22, 0.22) * high
            self.disc(x + dx, ground - high * 0.7 + dy, high * 0.34, self.shade(leaf, self.random.randint(-14, 14)))

    def car(self, x: float, ground: float, colour: Colour, long: float = 190) -> None:
        part = long / 190
        self.shape(
            [(x + 34 * part, ground - 40 * part), (x + 62 * part, ground - 78 * part),
             (x + 128 * part, ground - 78 * part), (x + 160 * part, ground - 40 * part)],
            self.shade(colour, -22),
        )  # fmt: skip
        self.shape(
            [(x + 46 * part, ground - 42 * part), (x + 68 * part, ground - 71 * part),
             (x + 122 * part, ground - 71 * part), (x + 147 * part, ground - 42 * part)],
            (178, 202, 214),
        )  # fmt: skip
        self.box(x, ground - 44 * part, x + long, ground - 10 * part, colour, round_=12 * part)
        for wheel in (42, 148):
            self.disc(x + wheel * part, ground - 10 * part, 38 * part, (44, 44, 48))
            self.disc(x + wheel * part, ground - 10 * part, 18 * part, (170, 172, 176))

    def cycle(self, x: float, ground: float, colour: Colour, lean: float = 0) -> None:
        for wheel in (0, 62):
            self.disc(x + wheel, ground - 18, 38, (52, 52, 56))
            self.disc(x + wheel, ground - 18, 29, _PAVING)
        frame = [(x, ground - 18), (x + 24 + lean, ground - 50), (x + 54 + lean, ground - 46), (x + 62, ground - 18)]
        self.line([*frame, (x + 28, ground - 18), frame[1]], colour, 5)
        self.line(
            [(x + 54 + lean, ground - 46), (x + 50 + lean, ground - 64), (x + 40 + lean, ground - 66)], (40, 40, 44), 4
        )
        self.box(x + 14 + lean, ground - 58, x + 34 + lean, ground - 52, (40, 40, 44), round_=3)

    def bags(self, x: float, ground: float, many: int, wide: float) -> None:
        colours: tuple[Colour, ...] = ((60, 62, 66), (236, 236, 232), (96, 128, 170), (170, 60, 54), (190, 160, 110))
        for nth in range(many):
            across = self.random.uniform(28, 52)
            up = (many - nth) / many * wide * 0.22 * self.random.random()
            colour = self.random.choice(colours)
            left = x + self.random.uniform(0, wide)
            self.disc(left, ground - up - across * 0.35, across, colour, high=across * 0.85)
            self.disc(left - 3, ground - up - across * 0.78, across * 0.26, self.shade(colour, 16))

    def bin(self, x: float, ground: float, colour: Colour, *, tipped: bool = False) -> None:
        if tipped:
            self.box(x - 20, ground - 40, x + 66, ground, colour, round_=6)
            self.box(x + 58, ground - 44, x + 70, ground + 2, self.shade(colour, -30), round_=3)
            return
        self.box(x, ground - 86, x + 54, ground, colour, round_=6)
        self.box(x - 4, ground - 96, x + 58, ground - 80, self.shade(colour, -26), round_=5)
        self.disc(x + 27, ground - 46, 24, (238, 238, 234))

    def cones(self, *spots: tuple[float, float]) -> None:
        for x, ground in spots:
            self.shape([(x - 14, ground), (x, ground - 48), (x + 14, ground)], (222, 92, 44))
            self.box(x - 8, ground - 24, x + 8, ground - 15, (246, 240, 230))
            self.box(x - 20, ground - 4, x + 20, ground + 2, (196, 74, 34))

    def _houses(self) -> None:
        x = -30
        while x < WIDTH:
            wide, high = self.random.randint(110, 190), self.random.randint(120, 225)
            wall = self.shade(self.random.choice(_WALLS), -50 if self.sky is _SKIES[3] else 0)
            self.box(x, _HORIZON - high, x + wide, _HORIZON, wall)
            for row in range(int(_HORIZON - high + 16), _HORIZON - 24, 34):
                for column in range(x + 14, x + wide - 24, 32):
                    lit = self.sky is _SKIES[3] and self.random.random() < 0.3
                    self.box(column, row, column + 18, row + 20, (248, 222, 150) if lit else (134, 158, 176), round_=2)
            x += wide + self.random.choice((0, 0, 34))


def _mix(one: int, other: int, share: float) -> int:
    return int(one + (other - one) * share)


def _rubbish(board: _Board, after: bool) -> None:
    board.street()
    board.bin(470, 350, (70, 120, 90))
    if not after:
        board.bags(150, 352, 16, 280)


def _bins(board: _Board, after: bool) -> None:
    board.street(road=False)
    for nth, colour in enumerate(((66, 122, 90), (62, 96, 150), (166, 60, 52), (96, 98, 102))):
        board.bin(180 + nth * 78, 370, colour, tipped=not after and nth == 3)
    if not after:
        board.bags(170, 398, 13, 320)


def _water(board: _Board, after: bool) -> None:
    board.street()
    board.disc(330, 400, 84, (74, 76, 80), high=34)
    if after:
        board.blob(330, 425, 150, 26, board.shade(_ROAD, -14))
        board.cones((250, 410), (420, 408))
    else:
        board.blob(320, 415, 420, 90, (96, 104, 92))
        board.blob(330, 402, 150, 40, (128, 136, 120))


def _car(board: _Board, after: bool) -> None:
    board.street()
    board.box(560, 200, 566, 330, (120, 122, 126))
    board.disc(563, 196, 46, (190, 44, 44))
    board.disc(563, 196, 32, (58, 84, 150))
    colours: list[Colour] = [(232, 232, 230), (52, 54, 60), (120, 40, 40), (150, 156, 164)]
    if after:
        board.cones((180, 372), (320, 360), (460, 348))
        return
    board.car(70, 376, board.random.choice(colours))
    board.car(300, 366, board.random.choice(colours))


def _building(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.box(150, 60, 500, 330, (210, 196, 178))
    for row in range(4):
        for column in range(5):
            board.box(172 + column * 66, 80 + row * 60, 212 + column * 66, 118 + row * 60, (138, 164, 182), round_=2)
    if after:
        board.cones((180, 352), (330, 352), (470, 352))
    else:
        board.box(358, 178, 430, 252, (118, 104, 92))
        board.line([(240, 62), (262, 130), (248, 190), (284, 270), (272, 330)], (88, 78, 70), 4)
        for x in (350, 384, 410, 436, 452):
            board.box(x, 340, x + 22, 354, (196, 182, 164), round_=3)


def _smoke(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.box(60, 190, 420, 340, (172, 76, 58))
    board.box(76, 250, 404, 340, (240, 222, 186))
    board.box(300, 120, 336, 192, (150, 152, 156))
    if after:
        board.box(286, 96, 350, 150, (196, 200, 204), round_=6)
        return
    for nth in range(12):
        board.disc(330 + nth * 22, 112 - nth * 6, 40 + nth * 8, board.shade((150, 150, 150), nth * 5))


def _river(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.shape([(0, 330), (WIDTH, 300), (WIDTH, HEIGHT), (0, HEIGHT)], (112, 152, 164) if after else (104, 116, 96))
    for x in range(10, WIDTH, 60):
        board.box(x, 262, x + 7, 322, (228, 226, 220))
    board.line([(0, 270), (WIDTH, 262)], (228, 226, 220), 7)
    for nth in range(9):
        board.line([(nth * 76, 380 + nth % 3 * 28), (nth * 76 + 44, 378 + nth % 3 * 28)], (196, 214, 220), 2)
    if not after:
        board.bags(90, 410, 11, 420)


def _corridor(board: _Board, after: bool) -> None:
    board.room()
    if after:
        return
    for nth in range(9):
        left, low = 40 + nth % 5 * 62, 450 - nth // 5 * 62
        tone = board.shade((184, 148, 104), board.random.randint(-24, 20))
        board.box(left, low - 66, left + 58, low, tone, round_=2)
        board.line([(left, low - 40), (left + 58, low - 40)], board.shade(tone, -34), 3)
    board.cycle(380, 452, (150, 44, 44))


def _dog(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.box(0, 300, WIDTH, HEIGHT, _GREEN)
    board.tree(110, 330, 220, _DARK_GREEN)
    if after:
        board.box(440, 230, 452, 360, (90, 92, 96))
        board.box(404, 190, 488, 250, (62, 122, 92), round_=6)
        board.disc(446, 220, 34, (240, 240, 236))
        return
    coat: Colour = board.random.choice([(150, 106, 66), (70, 62, 58), (206, 182, 142)])
    board.box(270, 330, 390, 376, coat, round_=20)
    board.disc(398, 318, 58, coat, high=50)
    board.disc(420, 326, 30, board.shade(coat, 18), high=20)
    for leg in (284, 306, 354, 374):
        board.box(leg, 366, leg + 11, 410, board.shade(coat, -12), round_=4)
    board.line([(274, 340), (246, 304)], coat, 9)
    board.disc(404, 310, 6, (24, 22, 20))


def _works(board: _Board, after: bool) -> None:
    board.street()
    if after:
        board.box(40, 214, 600, 330, (72, 132, 108))
        for x in range(40, 600, 70):
            board.line([(x, 214), (x, 330)], (54, 104, 86), 3)
        return
    board.shape([(90, 372), (240, 300), (430, 294), (560, 356)], (150, 118, 84))
    board.box(250, 244, 360, 300, (232, 176, 44), round_=8)
    board.box(300, 206, 356, 250, (196, 214, 220), round_=6)
    board.line([(262, 262), (180, 200), (128, 268)], (214, 158, 34), 14)
    board.shape([(108, 258), (150, 262), (138, 300), (100, 290)], (120, 96, 40))
    board.cones((70, 380), (580, 362))


def _hole(board: _Board, after: bool) -> None:
    board.street()
    if after:
        board.blob(320, 430, 190, 44, board.shade(_ROAD, -26))
        return
    board.blob(320, 430, 210, 52, board.shade(_ROAD, -34))
    board.blob(324, 436, 140, 34, (58, 56, 54))
    for _nth in range(14):
        board.disc(board.random.uniform(200, 450), board.random.uniform(405, 460), 9, (154, 152, 148), high=6)


def _notice(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.box(170, 150, 186, 380, (110, 112, 116))
    board.box(456, 150, 472, 380, (110, 112, 116))
    board.box(150, 130, 490, 300, (58, 92, 128) if after else (116, 112, 106), round_=6)
    board.box(166, 146, 474, 284, (244, 242, 234))
    for row in range(5):
        wide = 270 - row % 3 * 40
        board.box(184, 164 + row * 23, 184 + wide, 172 + row * 23, (140, 144, 150) if row else (176, 60, 52))
    if not after:
        board.shape([(340, 146), (474, 146), (474, 250), (420, 220), (398, 176)], (150, 146, 138))
        board.line([(300, 146), (352, 210), (330, 284)], (90, 86, 82), 3)


def _lamp(board: _Board, after: bool) -> None:
    board.sky = _SKIES[3]
    board.street()
    for x, glow in ((150, after), (350, after), (540, True)):
        if glow:
            for nth in range(6):
                board.disc(x + 34, 128, 120 - nth * 18, (120 + nth * 24, 114 + nth * 22, 110 + nth * 12))
        board.box(x, 120, x + 7, 372, (64, 68, 76))
        board.line([(x + 3, 122), (x + 40, 116)], (64, 68, 76), 6)
        board.box(x + 20, 112, x + 54, 122, (250, 236, 176) if glow else (70, 74, 82), round_=4)


def _tree(board: _Board, after: bool) -> None:
    board.street()
    if after:
        board.tree(190, 372, 190)
        board.tree(470, 358, 180)
        return
    board.tree(190, 372, 300, _DARK_GREEN)
    board.line([(360, 392), (590, 352)], _TRUNK, 20)
    for nth in range(10):
        board.disc(330 + nth * 14, 386 - board.random.uniform(0, 46), 62, board.shade(_GREEN, -10 + nth * 3))


def _snow(board: _Board, after: bool) -> None:
    board.sky = _SKIES[1]
    board.street()
    snow: Colour = (240, 244, 248)
    board.blob(140, 300, 420, 60, snow)
    board.blob(520, 300, 360, 60, snow)
    if not after:
        board.shape([(0, 400), (WIDTH, 340), (WIDTH, HEIGHT), (0, HEIGHT)], snow)
        board.line([(60, HEIGHT), (560, 350)], (206, 214, 224), 12)
    for _nth in range(90):
        board.disc(board.random.uniform(0, WIDTH), board.random.uniform(0, HEIGHT), 5, (252, 252, 252))


def _lift(board: _Board, after: bool) -> None:
    board.room()
    board.box(200, 70, 424, 350, (120, 124, 130))
    gap = 0 if after else 46
    board.box(212, 84, 312 - gap, 350, (196, 200, 206))
    board.box(312 + gap, 84, 412, 350, (196, 200, 206))
    if not after:
        board.box(312 - gap, 84, 312 + gap, 350, (40, 42, 48))
        board.shape([(270, 240), (354, 240), (312, 170)], (232, 186, 52))
        board.box(308, 190, 316, 220, (40, 40, 44))
    board.box(440, 190, 466, 250, (160, 164, 170), round_=4)
    board.disc(453, 208, 13, (110, 196, 120) if after else (206, 70, 60))


def _cable(board: _Board, after: bool) -> None:
    board.street()
    for x in (90, 540):
        board.box(x, 60, x + 14, 372, (128, 116, 102))
        board.line([(x - 30, 84), (x + 44, 84)], (110, 100, 90), 8)
    for nth in range(4 if after else 6):
        sag = 24 if after else board.random.uniform(60, 250)
        points = [(96.0 + step * 45, 80 + nth * 9 + sag * (1 - ((step - 5) / 5) ** 2)) for step in range(11)]
        board.line(points, (44, 44, 48), 3)
    if not after:
        board.line([(380, 250), (340, 330), (250, 404), (190, 392)], (44, 44, 48), 4)


def _ebike(board: _Board, after: bool) -> None:
    board.street()
    colours: tuple[Colour, ...] = ((60, 140, 190), (236, 190, 50), (70, 150, 110), (170, 54, 50))
    for nth in range(6 if after else 9):
        x = 50 + nth * 92 if after else board.random.uniform(20, 540)
        ground = 352 - nth * 8 if after else board.random.uniform(330, 420)
        board.cycle(x, ground, board.random.choice(colours), lean=0 if after else board.random.uniform(-16, 16))


def _stall(board: _Board, after: bool) -> None:
    board.street()
    board.box(380, 190, 620, 320, (188, 92, 70))
    board.box(396, 236, 604, 320, (232, 226, 210))
    if after:
        return
    for nth in range(6):
        stripe = (204, 60, 54) if nth % 2 else (242, 238, 230)
        board.shape([(90 + nth * 44, 214), (134 + nth * 44, 214), (140 + nth * 46, 254), (90 + nth * 46, 254)], stripe)
    board.box(100, 254, 108, 372, (96, 98, 102))
    board.box(346, 254, 354, 372, (96, 98, 102))
    board.box(96, 312, 360, 366, (150, 112, 76))
    for nth in range(22):
        fruit: Colour = board.random.choice([(222, 120, 40), (190, 44, 48), (120, 160, 60), (236, 200, 70)])
        board.disc(112 + nth % 11 * 23, 306 - nth // 11 * 14, 21, fruit)


def _wall(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.box(30, 90, 610, 350, (206, 198, 186))
    for row in range(5):
        board.line([(30, 90 + row * 52), (610, 90 + row * 52)], (192, 184, 172), 2)
    if after:
        return
    for _nth in range(26):
        x, y = board.random.uniform(50, 540), board.random.uniform(105, 310)
        paper: Colour = board.random.choice([(244, 242, 236), (240, 214, 92), (226, 120, 110), (150, 190, 214)])
        board.box(x, y, x + 44, y + 30, paper)
        board.box(x + 6, y + 8, x + 38, y + 11, (120, 120, 120))
        board.box(x + 6, y + 17, x + 30, y + 20, (120, 120, 120))


def _bench(board: _Board, after: bool) -> None:
    board.street(road=False)
    board.box(0, 300, WIDTH, HEIGHT, board.shade(_GREEN, 10))
    board.shape([(0, HEIGHT), (190, 380), (WIDTH, 366), (WIDTH, HEIGHT)], (202, 192, 170))
    board.tree(520, 330, 230)
    for leg in (180, 400):
        board.box(leg, 350, leg + 14, 412, (92, 94, 98))
    for nth in range(3):
        if after or nth != 1:
            board.box(160, 336 + nth * 13, 440, 346 + nth * 13, (164, 112, 70), round_=2)
        else:
            board.line([(160, 352), (290, 372)], (140, 96, 60), 9)
    for nth in range(2):
        board.box(160, 284 + nth * 20, 440, 298 + nth * 20, (164, 112, 70), round_=2)


_SCENES: dict[str, Callable[[_Board, bool], None]] = {
    "bench": _bench,
    "bins": _bins,
    "building": _building,
    "cable": _cable,
    "car": _car,
    "corridor": _corridor,
    "dog": _dog,
    "ebike": _ebike,
    "hole": _hole,
    "lamp": _lamp,
    "lift": _lift,
    "notice": _notice,
    "river": _river,
    "rubbish": _rubbish,
    "smoke": _smoke,
    "snow": _snow,
    "stall": _stall,
    "tree": _tree,
    "wall": _wall,
    "water": _water,
    "works": _works,
}
