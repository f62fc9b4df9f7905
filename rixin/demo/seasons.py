"""When matters of 2022 came in: days by weekday, weather, holidays and epidemic, hours by what is reported. Pure."""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from rixin.catalogue.worktime import LOCAL, WorkCalendar

YEAR = 2022
DAYS = tuple(date(YEAR, 1, 1) + timedelta(days=nth) for nth in range(365))

# The year's own days in Hangzhou: (first, last, factor). Weather and epidemic as everybody there remembers them.
_ALL = ((date(2022, 1, 30), date(2022, 2, 6), 0.45), (date(2022, 3, 14), date(2022, 4, 24), 0.78),
        (date(2022, 10, 1), date(2022, 10, 5), 0.7), (date(2022, 12, 14), date(2022, 12, 28), 0.5))  # fmt: skip
_SEASONS: dict[str, tuple[tuple[date, date, float], ...]] = {
    "rain": ((date(2022, 6, 9), date(2022, 7, 4), 3.2), (date(2022, 3, 17), date(2022, 3, 31), 1.5)),
    "typhoon": (
        (date(2022, 9, 13), date(2022, 9, 16), 32.0),
        (date(2022, 6, 9), date(2022, 7, 4), 3.0),
        (date(2022, 7, 2), date(2022, 8, 31), 1.6),
    ),
    "heat": ((date(2022, 6, 20), date(2022, 9, 5), 2.4), (date(2022, 7, 10), date(2022, 8, 20), 3.6)),
    "summer": ((date(2022, 5, 1), date(2022, 9, 30), 2.4),),
    "leaf": ((date(2022, 4, 5), date(2022, 4, 30), 2.0), (date(2022, 10, 20), date(2022, 12, 10), 3.0)),
    "dark": ((date(2022, 10, 15), date(2022, 12, 31), 1.8), (date(2022, 1, 1), date(2022, 2, 20), 1.6)),
    "winter": ((date(2022, 11, 20), date(2022, 12, 31), 2.0), (date(2022, 1, 1), date(2022, 3, 5), 2.0)),
    "cold": ((date(2022, 1, 27), date(2022, 2, 25), 4.0), (date(2022, 12, 1), date(2022, 12, 31), 3.0)),
    "snow": ((date(2022, 1, 28), date(2022, 1, 30), 140.0), (date(2022, 2, 7), date(2022, 2, 9), 260.0)),
    "festival": (
        (date(2022, 3, 31), date(2022, 4, 6), 9.0),
        (date(2022, 1, 25), date(2022, 2, 6), 5.0),
        (date(2022, 8, 10), date(2022, 8, 13), 8.0),
    ),
    "epidemic": (
        (date(2022, 1, 26), date(2022, 2, 10), 4.0),
        (date(2022, 3, 14), date(2022, 5, 31), 5.0),
        (date(2022, 10, 25), date(2022, 12, 12), 4.0),
    ),
}
_OUT_OF_SEASON = {"snow": 0.0, "typhoon": 0.5, "cold": 0.4, "epidemic": 0.3, "heat": 0.5}
_WEEKDAY = (1.12, 1.05, 1.0, 1.0, 1.06, 0.9, 0.84)
_HOURS: dict[str, tuple[int, ...]] = {
    #          0  1  2  3  4  5  6  7   8   9  10  11  12  13  14  15  16  17  18  19  20  21  22  23
    "morning": (0, 0, 0, 0, 0, 2, 9, 18, 22, 18, 10, 6, 3, 3, 3, 3, 3, 3, 3, 4, 4, 2, 1, 0),
    "day": (0, 0, 0, 0, 0, 0, 2, 6, 13, 17, 17, 12, 7, 8, 12, 13, 11, 9, 6, 6, 5, 3, 1, 0),
    "rush": (0, 0, 0, 0, 0, 0, 3, 16, 22, 12, 7, 5, 5, 4, 5, 7, 12, 20, 16, 9, 5, 3, 1, 0),
    "evening": (0, 0, 0, 0, 0, 0, 1, 4, 6, 8, 8, 6, 6, 4, 5, 6, 8, 12, 20, 24, 20, 12, 4, 1),
    "night": (1, 0, 0, 0, 0, 1, 3, 6, 7, 7, 6, 4, 3, 3, 4, 4, 5, 8, 14, 20, 22, 18, 9, 3),
    "late": (5, 3, 2, 1, 1, 2, 5, 9, 11, 9, 6, 4, 3, 3, 4, 4, 4, 4, 6, 9, 12, 16, 18, 11),
    "any": (1, 1, 1, 0, 1, 2, 5, 9, 10, 10, 10, 8, 6, 7, 8, 8, 9, 9, 9, 8, 7, 5, 3, 2),
}


class Year:
    """Draws moments at which matters come in."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._plain = [_weight(day, calendar) for day in DAYS]
        self._cumulated: dict[str, list[float]] = {"": list(accumulate(self._plain))}

    def moment(self, season: str, when: str, random: Random) -> datetime:
        """A moment of 2022, local and aware."""
        sums = self._cumulated.get(season)
        if sums is None:
            sums = list(accumulate(self._in_season(season)))
            self._cumulated[season] = sums
        day = DAYS[min(bisect_left(sums, random.random() * sums[-1]), len(DAYS) - 1)]
        return on_day(day, when, random)

    def _in_season(self, season: str) -> list[float]:
        return [weight * season_of(season, day) for day, weight in zip(DAYS, self._plain, strict=True)]


def season_of(season: str, day: date) -> float:
    """How much more often than on an ordinary day; for a day of another year, as on the same day of 2022."""
    if not season:
        return 1.0
    day = DAYS[min(day.timetuple().tm_yday, 365) - 1]
    factors = (factor for first, last, factor in _SEASONS[season] if first <= day <= last)
    return max(factors, default=_OUT_OF_SEASON.get(season, 1.0))


def on_day(day: date, when: str, random: Random) -> datetime:
    hour = random.choices(range(24), weights=_HOURS[when])[0]
    return datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), LOCAL)


def _weight(day: date, calendar: WorkCalendar) -> float:
    # A make-up working day is no quiet Saturday.
    weekday = 0 if calendar.is_make_up(day) else day.weekday()
    return _WEEKDAY[weekday] * min((factor for first, last, factor in _ALL if first <= day <= last), default=1.0)
