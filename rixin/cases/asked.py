"""Cases as rows for questions: the columns that `catalogue.sources` names, in the SQL of either database.

No personal data and no words of anybody are among them.
"""

from rixin.cases.lifecycle import PROPOSED
from rixin.catalogue import versions
from rixin.facts import MARK, local_day, moments_of_month, whole_number, word


def _missed(clock: str) -> str:
    """A clock that still runs has missed its date once the alarm of the breach has sounded: none is left to come."""
    return f"({clock}.missed OR ({clock}.status = 'running' AND {clock}.alarm_at IS NULL))"


def _told(clock: str) -> str:
    """Whether it can be told of a clock if its date was kept. One that runs on may yet keep it."""
    return f"({clock}.status = 'stopped' OR {_missed(clock)})"


_DAYS = {
    "opened_day": "c.opened_at",
    "accepted_day": "c.accepted_at",
    "dispatched_day": f"CASE WHEN {_told('a')} THEN a.started_at END",
    "answered_day": "c.answered_at",
    "handled_day": "c.handled_at",
    "verified_day": "c.verified_at",
    "resolved_day": "c.resolved_at",
    "closed_day": "c.closed_at",
    "rated_day": "c.rated_at",
    "due_day": f"CASE WHEN {_told('h')} OR (h.status = 'paused' AND c.handled_at IS NOT NULL) THEN h.due_at END",
}
_TIMES = {"reopened": "reopen", "reworked": "rework", "returned": "send_back", "extended": "grant_extension"}


def relation(vendor: str, month: str = "") -> str:
    """A SELECT of all cases as such rows, or of those of one month (202203).

    `vendor` is Django's name of the database: postgresql or sqlite.
    """
    proposed = word(vendor, "c.ledger", "kept", PROPOSED)
    columns = {
        "id": "c.id",
        "version": "c.version",
        "mark": MARK.format(id="c.id", version="c.version"),
        "area": "c.area_path",
        "unit": "COALESCE(u.code, o.code)",
        "type": "c.type",
        "matter_class": 'c."group"',
        "channel": "c.channel",
        "urgency": "c.urgency",
        "place": "c.place_code",
        "phase": "c.phase",
        "outcome": "c.outcome",
        "rating": "c.rating",
        "origin": word(vendor, "c.form", "origin"),
        "excluded": "CASE WHEN c.excluded THEN 1 ELSE 0 END",
        **{name: local_day(vendor, moment) for name, moment in _DAYS.items()},
        "handled_in_time": _in_time("h"),
        "responded_in_time": _in_time("a"),
        **{
            name: f"COALESCE({whole_number(vendor, 'c.ledger', 'times', action)}, 0)" for name, action in _TIMES.items()
        },
        "proposed": proposed,
        "proposal_stands": f"CASE WHEN {proposed} = '' THEN NULL WHEN {proposed} = c.type THEN 1 ELSE 0 END",
        "merged_into": "c.merged_into_id",
    }
    chosen = ", ".join(f"{said} AS {name}" for name, said in columns.items())
    return (
        f"SELECT {chosen} FROM cases_case c"  # noqa: S608 - constants
        " JOIN people_unit o ON o.id = c.owner_unit_id"
        " LEFT JOIN people_unit u ON u.id = c.unit_id"
        f" LEFT JOIN cases_caseclock h ON h.case_id = c.id AND h.code = {_main_clock()}"
        " LEFT JOIN cases_caseclock a ON a.case_id = c.id AND a.code = 'acknowledge'"
        + (f" WHERE {moments_of_month(vendor, 'c.opened_at', month)}" if month else "")
    )


def _main_clock() -> str:
    """The code of the clock by which a matter of its type is handled in time. Codes are letters, digits and signs."""
    by_clock: dict[str, list[str]] = {}
    for version in versions.current_types():
        rules = version.rules
        by_clock.setdefault(rules.lifecycle.main_clock, []).append(rules.type.code)
    others = [(clock, types) for clock, types in by_clock.items() if clock != "handle"]
    if not others:
        return "'handle'"
    when = (f"WHEN c.type IN ({', '.join(map(repr, sorted(types)))}) THEN '{clock}'" for clock, types in sorted(others))
    return f"CASE {' '.join(when)} ELSE 'handle' END"


def _in_time(clock: str) -> str:
    """1 where the date was kept, 0 where it was missed; NULL where no clock ran.

    The clock itself knows: one that paused in time, as at the report of handling, may well be stopped after its date.
    """
    late = f"{_missed(clock)} OR ({clock}.status = 'paused' AND c.handled_at > {clock}.due_at)"
    return f"CASE WHEN {clock}.id IS NULL THEN NULL WHEN {late} THEN 0 ELSE 1 END"
