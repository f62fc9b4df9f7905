"""Cases as rows for questions: the columns that `catalogue.sources` names, in the SQL of either database.

No personal data and no words of anybody are among them.
"""

from rixin.facts import MARK, local_day, whole_number

_DAYS = {
    "opened_day": "c.opened_at",
    "accepted_day": "c.accepted_at",
    "dispatched_day": "a.started_at",
    "answered_day": "c.answered_at",
    "handled_day": "c.handled_at",
    "verified_day": "c.verified_at",
    "resolved_day": "c.resolved_at",
    "closed_day": "c.closed_at",
    "rated_day": "c.rated_at",
    "due_day": "h.due_at",
}
_TIMES = {"reopened": "reopen", "reworked": "rework", "returned": "send_back", "extended": "grant_extension"}


def relation(vendor: str) -> str:
    """A SELECT of all cases as such rows. `vendor` is Django's name of the database: postgresql or sqlite."""
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
        "excluded": "CASE WHEN c.excluded THEN 1 ELSE 0 END",
        **{name: local_day(vendor, moment) for name, moment in _DAYS.items()},
        "handled_in_time": _in_time("h"),
        "responded_in_time": _in_time("a"),
        **{
            name: f"COALESCE({whole_number(vendor, 'c.ledger', 'times', action)}, 0)" for name, action in _TIMES.items()
        },
        "merged_into": "c.merged_into_id",
    }
    chosen = ", ".join(f"{said} AS {name}" for name, said in columns.items())
    return (
        f"SELECT {chosen} FROM cases_case c"  # noqa: S608 - constants
        " JOIN people_unit o ON o.id = c.owner_unit_id"
        " LEFT JOIN people_unit u ON u.id = c.unit_id"
        " LEFT JOIN cases_caseclock h ON h.case_id = c.id AND h.code = 'handle'"
        " LEFT JOIN cases_caseclock a ON a.case_id = c.id AND a.code = 'acknowledge'"
    )


def _in_time(clock: str) -> str:
    """1 if it was stopped by its date; 0 if it was not; NULL for a clock that never started."""
    return (
        f"CASE WHEN {clock}.id IS NULL THEN NULL"
        f" WHEN {clock}.stopped_at <= {clock}.due_at AND NOT {clock}.missed THEN 1 ELSE 0 END"
    )
