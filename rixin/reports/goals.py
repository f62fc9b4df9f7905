"""The goals of a year in the report's place, asked once: by the rule that the pages of goals go by."""

from rixin.catalogue.work_schema import Goal
from rixin.metrics import goals
from rixin.metrics.goals import Progress
from rixin.people import units
from rixin.reports.answers import Answers


def of_year(year: int, answers: Answers) -> list[Progress]:
    """Those for which units of the area, or the one unit, answer; in the order of their file."""
    return answers.remembered(("goals", year), lambda: _of_year(year, answers))


def _of_year(year: int, answers: Answers) -> list[Progress]:
    frame = answers.frame
    theirs = [kept for kept in goals.lasting(year) if _is_theirs(kept.goal, frame.area, frame.unit)]
    return goals.progress(theirs, engine=frame.engine, as_of=frame.as_of)


def _is_theirs(goal: Goal, area: str, unit: str) -> bool:
    if unit:
        return goal.unit == unit
    return not area or units.by_code(goal.unit).area_path.startswith(area)
