"""How the rows of each source are shown that is neither matters nor records."""

from collections.abc import Mapping

from rixin.desk.figure_pages import (
    activity_rows,
    choosing_rows,
    enterprise_rows,
    facility_rows,
    home_rows,
    programme_rows,
    roll_rows,
    walking_rows,
)
from rixin.desk.figure_pages.kinds import Kind

KINDS: Mapping[str, Kind] = {
    **enterprise_rows.KINDS,
    **facility_rows.KINDS,
    **home_rows.KINDS,
    **roll_rows.KINDS,
    **activity_rows.KINDS,
    **programme_rows.KINDS,
    **walking_rows.KINDS,
    **choosing_rows.KINDS,
}
