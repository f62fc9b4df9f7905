"""An enterprise's chain as a drawing: suppliers to its left, customers to its right, a column for each step. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rixin.investment.chain import Step, Way

WIDE, HIGH = 168, 40
"""Of a box."""
ASIDE, BELOW = 56, 14
"""Between two boxes."""
_LONGEST = 12
"""Characters of a name that fit a box."""
Key = tuple[str, int | str]
_MIDDLE = "middle"


@dataclass(frozen=True)
class Box:
    """`enterprise`: id in the register; None outside it."""

    x: int
    y: int
    name: str
    full: str
    enterprise: int | None
    tone: str
    """here, outside or middle."""

    @property
    def centre(self) -> int:
        return self.y + HIGH // 2

    @property
    def text_x(self) -> int:
        return self.x + WIDE // 2

    @property
    def text_y(self) -> int:
        return self.y + HIGH // 2 + 5


@dataclass(frozen=True)
class Line:
    """A curve from the right side of a box to the left side of another."""

    path: str
    goods: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]


def drawing(name: str, pk: int, steps: Mapping[Way, Sequence[Step]]) -> Drawing:
    columns = _columns(name, pk, steps)
    tallest = max(len(column) for column in columns)
    height = tallest * (HIGH + BELOW) - BELOW
    boxes: dict[Key, Box] = {}
    for nth, column in enumerate(columns):
        top = (height - (len(column) * (HIGH + BELOW) - BELOW)) // 2
        for row, (key, full, enterprise, tone) in enumerate(column):
            boxes[key] = Box(
                x=nth * (WIDE + ASIDE) + 1,
                y=top + row * (HIGH + BELOW) + 1,
                name=full if len(full) <= _LONGEST else full[: _LONGEST - 1] + "…",
                full=full,
                enterprise=enterprise,
                tone=tone,
            )
    width = len(columns) * (WIDE + ASIDE) - ASIDE
    return Drawing(width + 2, height + 2, list(boxes.values()), _lines(pk, steps, boxes))


_Node = tuple[Key, str, int | None, str]


def _columns(name: str, pk: int, steps: Mapping[Way, Sequence[Step]]) -> list[list[_Node]]:
    """From the farthest suppliers to the farthest customers; without empty ones."""
    middle: list[_Node] = [((_MIDDLE, pk), name, None, _MIDDLE)]
    left = [_nodes("suppliers", steps["suppliers"], far) for far in (2, 1)]
    right = [_nodes("customers", steps["customers"], far) for far in (1, 2)]
    return [column for column in [*left, middle, *right] if column]


def _nodes(way: Way, steps: Sequence[Step], far: int) -> list[_Node]:
    parties = {step.party.key: step.party for step in steps if step.far == far}
    return [
        ((way, key), party.name, party.enterprise, "here" if party.here else "outside")
        for key, party in parties.items()
    ]


def _lines(pk: int, steps: Mapping[Way, Sequence[Step]], boxes: Mapping[Key, Box]) -> list[Line]:
    goods: dict[tuple[Key, Key], list[str]] = {}
    for way, some in steps.items():
        for step in some:
            far: Key = (way, step.party.key)
            nearer_party = step.tie.customer if way == "suppliers" else step.tie.supplier
            near: Key = (_MIDDLE, pk) if step.far == 1 else (way, nearer_party.key)
            ends = (far, near) if way == "suppliers" else (near, far)
            goods.setdefault(ends, []).append(step.tie.goods)
    return [_line(boxes[left], boxes[right], said) for (left, right), said in goods.items()]


def _line(left: Box, right: Box, goods: Sequence[str]) -> Line:
    x1, x2 = left.x + WIDE, right.x
    half = (x1 + x2) // 2
    return Line(f"M{x1} {left.centre}C{half} {left.centre} {half} {right.centre} {x2} {right.centre}", "、".join(goods))
