"""Weekly opening hours: read from what people write, written back in words, and asked whether it is open. Pure.

They are kept by weekday from "1" for Monday, each a list of ["08:30", "17:00"] in their order; a day without any is
closed. Nothing at all: the hours are not known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from rixin.catalogue.dates import WEEKDAYS

Hours = dict[str, list[list[str]]]
_ALL = range(1, 8)
_FIRST, _END = "00:00", "24:00"
_CLAUSES = re.compile(r"[；;\n。]+")
_DASH = r"\s*(?:-|–|—|~|～|至|到|to)\s*"
_TIMES = re.compile(rf"(\d{{1,2}})[:：](\d{{2}}){_DASH}(\d{{1,2}})[:：](\d{{2}})", re.IGNORECASE)
_ALL_DAY = re.compile(r"全天|24\s*小时|all day|24 hours", re.IGNORECASE)
_CLOSED = re.compile(r"休息|闭馆|不开放|closed", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s、,，和及]*(?:and)?[\s、,，]*", re.IGNORECASE)
_GROUPS: tuple[tuple[re.Pattern[str], range], ...] = (
    (re.compile(r"每天|每日|天天|daily|every day", re.IGNORECASE), range(1, 8)),
    (re.compile(r"工作日|weekdays|working days", re.IGNORECASE), range(1, 6)),
    (re.compile(r"周末|双休日|weekends?", re.IGNORECASE), range(6, 8)),
)
_ZH, _EN = "一二三四五六日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:(?:周|星期|礼拜)?[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
_DAYS = re.compile(rf"({_DAY})(?:{_DASH}({_DAY}))?", re.IGNORECASE)


class HoursRefused(ValueError):
    """What was written cannot be read as hours. `message` says what to mend, in the reader's language."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Now:
    """`open`: None where the hours are not known. `until`: when it closes next; `opens`: when it opens next."""

    open: bool | None
    until: datetime | None = None
    opens: datetime | None = None


def read(written: str) -> Hours:
    """Such as “周一至周五 8:30-11:30、13:00-17:00；周六 9:00-12:00”. Nothing written: {}. Raises HoursRefused."""
    found: Hours = {}
    for clause in filter(None, (part.strip() for part in _CLAUSES.split(written))):
        days, spans = _clause(clause)
        for day in days:
            found[str(day)] = [*found.get(str(day), []), *spans]
    return {day: _in_order(found[day]) for day in sorted(found) if found[day]}


def _clause(clause: str) -> tuple[list[int], list[list[str]]]:
    times = list(_TIMES.finditer(clause))
    if times:
        days, last = clause[: times[0].start()], times[0].start()
        for time in times:
            if not _BETWEEN.fullmatch(clause[last : time.start()]):
                raise _not_read(clause)
            last = time.end()
        if clause[last:].strip("，,、. "):
            raise _not_read(clause)
        return _days(days, clause), [_span(time) for time in times]
    if whole := _ALL_DAY.search(clause):
        return _days(clause[: whole.start()] + clause[whole.end() :], clause), [[_FIRST, _END]]
    if closed := _CLOSED.search(clause):
        return _days(clause[: closed.start()] + clause[closed.end() :], clause), []
    raise _not_read(clause)


def _days(text: str, clause: str) -> list[int]:
    left, found = text.strip("：: "), list[int]()
    for pattern, days in _GROUPS:
        if pattern.search(left):
            found += days
            left = pattern.sub(" ", left)
    for match in _DAYS.finditer(left):
        first = _number(match[1])
        last = _number(match[2]) if match[2] else first
        if last < first:
            raise HoursRefused(_("“{text}”: the week begins on Monday.").format(text=match[0]))
        found += range(first, last + 1)
    if not found:
        raise HoursRefused(_("“{text}”: say on which days, such as Mon–Fri 08:30–17:00.").format(text=clause))
    if _DAYS.sub("", left).strip("、,，和及 \t"):
        raise _not_read(clause)
    return sorted(set(found))


def _number(word: str) -> int:
    sign = word[-1].replace("天", "日")
    return _ZH.index(sign) + 1 if sign in _ZH else _EN.index(word[:3].lower()) + 1


def _span(match: re.Match[str]) -> list[str]:
    first, last = (f"{int(match[nth]):02d}:{match[nth + 1]}" for nth in (1, 3))
    for said in (first, last):
        if said > _END or int(said[3:]) > 59:
            raise HoursRefused(_("“{text}” is no time of the day.").format(text=said))
    if last <= first:
        raise HoursRefused(
            _(
                "“{text}” runs over midnight or backwards. For a night write two spans: until 24:00, and from 00:00 "
                "on the next day."
            ).format(text=match[0])
        )
    return [first, last]


def _in_order(spans: list[list[str]]) -> list[list[str]]:
    ordered = sorted(spans)
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise HoursRefused(
                _("{one} and {other} on the same day overlap.").format(one="–".join(before), other="–".join(after))
            )
    return ordered


def _not_read(clause: str) -> HoursRefused:
    return HoursRefused(
        _("“{text}” could not be read. Write it like: Mon–Fri 08:30–11:30, 13:00–17:00; Sat 09:00–12:00").format(
            text=clause
        )
    )


# ---- in words


def in_words(hours: Hours) -> str:
    """As `read` takes it again; "" where nothing is known."""
    return _("; ").join(f"{days} {times}" for days, times in lines(hours))


def lines(hours: Hours) -> list[tuple[str, str]]:
    """(days, times): days in a row with the same times are one line. Closed days are left out."""
    found = []
    for spans, days in groupby(_ALL, key=lambda day: hours.get(str(day), [])):
        if spans:
            found.append((_days_in_words(list(days)), _times_in_words(spans)))
    return found


def _days_in_words(days: list[int]) -> str:
    if len(days) == len(_ALL):
        return _("Daily")
    first, last = str(WEEKDAYS[days[0] - 1]), str(WEEKDAYS[days[-1] - 1])
    return first if len(days) == 1 else _("{first}–{last}").format(first=first, last=last)


def _times_in_words(spans: list[list[str]]) -> str:
    if spans == [[_FIRST, _END]]:
        return _("all day")
    return _(", ").join("–".join(span) for span in spans)


def of_day(hours: Hours, moment: datetime) -> str:
    """The times of the day of `moment`; "" where it is closed all day."""
    spans = hours.get(str(moment.isoweekday()), [])
    return _times_in_words(spans) if spans else ""


# ---- whether it is open


def open_at(hours: Hours, moment: datetime) -> bool | None:
    """Whether it is open at the (local) moment by its weekly hours; None where they are not known.

    Of public holidays the weekly hours say nothing: that is what the note on the hours is for.
    """
    return any(start <= moment < end for start, end in _around(hours, moment, days=1)) if hours else None


def now(hours: Hours, moment: datetime) -> Now:
    """What a resident wants to know at the (local) moment. What is open at midnight on both days goes on."""
    if not hours:
        return Now(None)
    until = None
    for start, end in _around(hours, moment, days=8):
        if until is None and moment < start:
            return Now(False, opens=start)
        if start <= moment < end or start == until:
            until = end
    return Now(True, until=until) if until else Now(False)


def _around(hours: Hours, moment: datetime, *, days: int) -> Iterator[tuple[datetime, datetime]]:
    """The spans of that many days from that of `moment` on, in their order."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for nth in range(days):
        day = midnight + timedelta(days=nth)
        for start, end in hours.get(str(day.isoweekday()), []):
            yield day + _since_midnight(start), day + _since_midnight(end)


def _since_midnight(time: str) -> timedelta:
    return timedelta(hours=int(time[:2]), minutes=int(time[3:]))


def clock(moment: datetime) -> str:
    """13:00; midnight, at which something ends, is 24:00."""
    return _END if f"{moment:%H:%M}" == _FIRST else f"{moment:%H:%M}"
