"""Pages of a long list by the last row seen: no counting and no OFFSET, so that page 1,000 costs what page 1 does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Value = datetime | date | str
"""What rows are sorted by: a moment, a day or words."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WORDS = "~"
"""Before words, so that they are told from what looks like a day or a moment."""
_LONGEST = 200


@dataclass(frozen=True)
class Sort:
    """By a column, then by id. `undated`: rows where it is empty come last (they are another walk of the index)."""

    code: str
    by: str
    falling: bool = False
    undated: bool = False


SORTS = {
    sort.code: sort
    for sort in (
        Sort("due", "due_at", undated=True),
        Sort("oldest", "opened_at"),
        Sort("newest", "opened_at", falling=True),
        Sort("closed", "closed_at", falling=True),
    )
}
"""Of cases."""


@dataclass(frozen=True)
class Cursor:
    """The edge of a page: the rows after it, or, going back, before it. `value` None: among the undated."""

    value: Value | None
    id: int
    back: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.back else 'a'}{_written(self.value)}.{self.id}"

    @classmethod
    def read(cls, written: str, kind: type[Value] = datetime) -> "Cursor | None":
        """None for what is none, or not of this kind of value: the list then begins at its beginning."""
        side, (stamp, dot, row) = written[:1], written[1:].rpartition(".")
        if side not in ("a", "b") or not dot or not row.isascii() or not row.isdigit() or len(row) > 18:
            return None
        try:
            value = _read(stamp)
        except ValueError:
            return None
        return cls(value, int(row), side == "b") if value is None or type(value) is kind else None


def _written(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return str((value - _EPOCH) // _MICROSECOND)
        case date():
            return value.isoformat()
    return f"{_WORDS}{value}"


def _read(stamp: str) -> Value | None:
    """Raises ValueError."""
    if not stamp:
        return None
    if stamp.startswith(_WORDS):
        if len(stamp) > _LONGEST or "\0" in stamp:
            raise ValueError
        return stamp[1:]
    if stamp.isascii() and stamp.isdigit() and len(stamp) < 18:
        moment = datetime.fromtimestamp(int(stamp) // 1_000_000, UTC)
        return moment.replace(microsecond=int(stamp) % 1_000_000)
    return date.fromisoformat(stamp)


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    before: Cursor | None
    after: Cursor | None


def page(rows: QuerySet[Row], sort: Sort, cursor: Cursor | None, size: int) -> Page[Row]:
    """At most two statements: one, or one more where dated rows end and undated ones begin."""
    back = cursor is not None and cursor.back
    found = _walk(rows, sort, cursor, size + 1, back)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], None, None)
    before = _edge(found[0], sort, back=True) if (more if back else cursor is not None) else None
    after = _edge(found[-1], sort, back=False) if (more or back) else None
    return Page(found, before, after)


def _walk(rows: QuerySet[Row], sort: Sort, cursor: Cursor | None, most: int, back: bool) -> list[Row]:
    parts = [True, False] if sort.undated else [True]
    if back:
        parts.reverse()
    found: list[Row] = []
    begun = cursor is None
    for dated in parts:
        begins_here = cursor is not None and (cursor.value is not None) == dated
        if (begun or begins_here) and len(found) < most:
            some = _part(rows, sort, dated, cursor if begins_here else None, back)
            found += some[: most - len(found)]
        begun = begun or begins_here
    return found


def _part(rows: QuerySet[Row], sort: Sort, dated: bool, cursor: Cursor | None, back: bool) -> QuerySet[Row]:
    falling = sort.falling != back
    if sort.undated:
        rows = rows.filter(**{f"{sort.by}__isnull": not dated})
    order = ([F(sort.by)] if dated else []) + [F("pk")]
    rows = rows.order_by(*(each.desc() if falling else each.asc() for each in order))
    return rows.filter(_beyond(sort.by, cursor, falling)) if cursor else rows


def _beyond(by: str, cursor: Cursor, falling: bool) -> Q:
    """Rows beyond the edge. The first condition alone bounds the walk of the index; the second breaks ties."""
    side = "lt" if falling else "gt"
    by_id = Q(**{f"pk__{side}": cursor.id})
    if cursor.value is None:
        return by_id
    known: dict[str, Any] = {f"{by}__{side}e": cursor.value}
    return Q(**known) & (Q(**{f"{by}__{side}": cursor.value}) | by_id)


def _edge(row: Row, sort: Sort, *, back: bool) -> Cursor:
    return Cursor(getattr(row, sort.by), row.pk, back)
