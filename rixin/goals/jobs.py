"""Each morning: are the reviews of a month to be asked for?"""

from datetime import date, datetime

from django.utils import timezone

from rixin.catalogue import versions
from rixin.catalogue.work import GoalInYear
from rixin.config.periodic import every
from rixin.goals import actions
from rixin.goals.months import last_asked, round_of
from rixin.goals.queries import WRITERS
from rixin.people import units
from rixin.people.models import Account
from rixin.people.staffing import accounts_of


@every(seconds=3600, name="goals.ask_for_reviews")
def ask_for_reviews(at: datetime) -> int:
    """Asks the owner units on the day that the goals name, or later once the office works; never at night."""
    calendar = versions.work_calendar()
    if not calendar.is_open(at):
        return 0
    today, told = timezone.localdate(at), 0
    by_year: dict[int, list[GoalInYear]] = {}
    for kept in versions.work().goals.values():
        by_year.setdefault(kept.year.year, []).append(kept)
    for kept_goals in by_year.values():
        year, goals = kept_goals[0].year, [kept.goal for kept in kept_goals]
        month = last_asked(year, today)
        # A year that is long over is asked for no more, should this run for the first time then.
        if month and not (asked := round_of(year, month, calendar)).is_late(today):
            told += actions.ask(goals, asked, _writers({goal.unit for goal in goals}, today), at)
    return told


def _writers(codes: set[str], today: date) -> dict[int, list[Account]]:
    return {
        unit.id: [account for role in WRITERS for account in accounts_of(unit.id, role, today)]
        for unit in map(units.by_code, sorted(codes))
    }
