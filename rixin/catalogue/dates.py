"""Days and moments in the reader's language, local time (Asia/Shanghai)."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from rixin.catalogue import wording
from rixin.catalogue.worktime import END_OF_DAY, LOCAL

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def as_moment(value: datetime | str) -> datetime:
    """Local time of an aware moment or of its stored form."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(LOCAL)


def day_text(value: date | str) -> str:
    """“Fri 30 Sep 2022”, “2022年9月30日（周五）”."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    written = date_format(day, pgettext("date format", "j M Y"))
    return _("{weekday} {day}").format(weekday=WEEKDAYS[day.weekday()], day=written)


day_later = lazy(day_text, str)
"""`day_text` in the language of whoever reads it in the end."""


def moment_text(value: datetime | str) -> str:
    moment = as_moment(value)
    return _("{day}, {time}").format(day=day_text(moment.date()), time=moment.strftime("%H:%M"))


def due_text(value: datetime | str) -> str:
    """A moment by which something is due; the end of a day is called so."""
    moment = as_moment(value)
    if moment.time() == END_OF_DAY:
        return _("the end of {day}").format(day=day_text(moment.date()))
    return moment_text(moment)


due_later = lazy(due_text, str)
"""`due_text` in the language of whoever reads it in the end."""


def days_text(days: list[str] | tuple[str, ...]) -> str:
    """Days as a list; days in a row as “first to last”."""
    runs: list[list[date]] = []
    for day in sorted(date.fromisoformat(day) for day in days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return wording.listed([_run_text(run) for run in runs])


def _run_text(run: list[date]) -> str:
    if len(run) == 1:
        return day_text(run[0])
    if len(run) == 2:
        return wording.listed([day_text(day) for day in run])
    return _("{first} to {last}").format(first=day_text(run[0]), last=day_text(run[-1]))
