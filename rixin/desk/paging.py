"""Pages of a long list by the last row seen: no counting and no OFFSET, so that page 1,000 costs what page 1 does."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from rixin.cases.models import Case

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sort:
    """By a moment, then by id. `undated`: rows without that moment come last (they are another walk of the index)."""

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


@dataclass(frozen=True)
class Cursor:
    """The edge of a page: the rows after it, or, going back, before it. `moment` None: among the undated."""

    moment: datetime | None
    id: int
    back: bool = False

    def __str__(self) -> str:
        stamp = "" if self.moment is None else str(int((self.moment - _EPOCH).total_seconds() * 1_000_000))
        return f"{'b' if self.back else 'a'}{stamp}.{self.id}"

    @classmethod
    def read(cls, written: str) -> "Cursor | None":
        """None for what is none: the list then begins at its beginning."""
        side, (stamp, dot, row) = written[:1], written[1:].partition(".")
        if side not in ("a", "b") or not dot or not row.isascii() or not row.isdigit() or len(row) > 18:
            return None
        if stamp and not (stamp.isascii() and stamp.isdigit() and len(stamp) < 18):
            return None
        moment = datetime.fromtimestamp(int(stamp) // 1_000_000, UTC) if stamp else None
        if moment is not None:
            moment = moment.replace(microsecond=int(stamp) % 1_000_000)
        return cls(moment, int(row), side == "b")


@dataclass(frozen=True)
class Page:
    rows: list[Case]
    before: Cursor | None
    after: Cursor | None


def page(cases: QuerySet[Case], sort: Sort, cursor: Cursor | None, size: int) -> Page:
    """At most two statements: one, or one more where dated rows end and undated ones begin."""
    back = cursor is not None and cursor.back
    rows = _walk(cases, sort, cursor, size + 1, back)
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    before = _edge(rows[0], sort, back=True) if (more if back else cursor is not None) else None
    after = _edge(rows[-1], sort, back=False) if (more or back) else None
    return Page(rows, before, after)


def _walk(cases: QuerySet[Case], sort: Sort, cursor: Cursor | None, most: int, back: bool) -> list[Case]:
    parts = [True, False] if sort.undated else [True]
    if back:
        parts.reverse()
    found: list[Case] = []
    begun = cursor is None
    for dated in parts:
        begins_here = cursor is not None and (cursor.moment is not None) == dated
        if (begun or begins_here) and len(found) < most:
            some = _part(cases, sort, dated, cursor if begins_here else None, back)
            found += some[: most - len(found)]
        begun = begun or begins_here
    return found


def _part(cases: QuerySet[Case], sort: Sort, dated: bool, cursor: Cursor | None, back: bool) -> QuerySet[Case]:
    falling = sort.falling != back
    if sort.undated:
        cases = cases.filter(**{f"{sort.by}__isnull": not dated})
    order = ([F(sort.by)] if dated else []) + [F("pk")]
    cases = cases.order_by(*(each.desc() if falling else each.asc() for each in order))
    return cases.filter(_beyond(sort.by, cursor, falling)) if cursor else cases


def _beyond(by: str, cursor: Cursor, falling: bool) -> Q:
    """Rows beyond the edge. The first condition alone bounds the walk of the index; the second breaks ties."""
    side = "lt" if falling else "gt"
    by_id = Q(**{f"pk__{side}": cursor.id})
    if cursor.moment is None:
        return by_id
    known: dict[str, Any] = {f"{by}__{side}e": cursor.moment}
    return Q(**known) & (Q(**{f"{by}__{side}": cursor.moment}) | by_id)


def _edge(case: Case, sort: Sort, *, back: bool) -> Cursor:
    return Cursor(getattr(case, sort.by), case.pk, back)
