"""How facts are laid out as rows for questions, in the SQL of either database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
MARK = "CAST(({id} * 2654435761 + {version} * 40503) % 68719476731 AS bigint)"
"""A number below 2**36 that changes with every version of a row; sums of it over 10**8 rows fit into 63 bits."""


def select(columns: Mapping[str, str], tables: str, *conditions: str) -> str:
    """A SELECT of expressions by name, where every condition holds that is not empty.

    All of it is made of constants and of codes of the catalogue, which are letters, digits and signs.
    """
    chosen = ", ".join(f'{said} AS "{name}"' for name, said in columns.items())
    met = [condition for condition in conditions if condition]
    where = f" WHERE {' AND '.join(met)}" if met else ""
    return f"SELECT {chosen} FROM {tables}{where}"  # noqa: S608 - constants


def versioned(identity: str, version: str) -> dict[str, str]:
    """The columns that tell a row, and each of its versions, from every other one."""
    return {"id": identity, "version": version, "mark": MARK.format(id=identity, version=version)}


def of_month(day: str, month: str) -> str:
    """Whether a stored date lies in the month; "" where none is asked for."""
    return days_of_month(day, month) if month else ""


def local_day(vendor: str, moment: str) -> str:
    """The local day of a stored moment as a whole number like 20221231; NULL stays NULL.

    China has kept to UTC+8 without summer time since 1991, so that SQLite needs no table of zones.
    """
    if vendor == "postgresql":
        return f"CAST(to_char({moment} AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') AS bigint)"
    return f"CAST(strftime('%Y%m%d', {moment}, '+8 hours') AS integer)"


def plain_day(vendor: str, day: str) -> str:
    """The same of a stored date."""
    if vendor == "postgresql":
        return f"CAST(to_char({day}, 'YYYYMMDD') AS bigint)"
    return f"CAST(strftime('%Y%m%d', {day}) AS integer)"


def moments_of_month(vendor: str, moment: str, month: str) -> str:
    """Whether a stored moment lies in a local month (202203), asked so that an index over it can answer."""
    first, after = (datetime.combine(day, time(), LOCAL).astimezone(UTC) for day in _bounds(month))
    zone = "+00" if vendor == "postgresql" else ""
    return f"{moment} >= '{first:%Y-%m-%d %H:%M:%S}{zone}' AND {moment} < '{after:%Y-%m-%d %H:%M:%S}{zone}'"


def days_of_month(day: str, month: str) -> str:
    """The same of a stored date."""
    first, after = _bounds(month)
    return f"{day} >= '{first}' AND {day} < '{after}'"


def _bounds(month: str) -> tuple[date, date]:
    """Its first day, and that of the next month."""
    first = date(int(month[:4]), int(month[4:]), 1)
    return first, (first + timedelta(days=31)).replace(day=1)


def whole_number(vendor: str, column: str, *path: str) -> str:
    """A whole number out of a JSON column; NULL where there is none."""
    if vendor == "postgresql":
        inner = "".join(f"->'{part}'" for part in path[:-1])
        return f"CAST({column}{inner}->>'{path[-1]}' AS bigint)"
    inner = "".join(f'."{part}"' for part in path)
    return f"json_extract({column}, '${inner}')"


def word(vendor: str, column: str, *path: str) -> str:
    """A text out of a JSON column; empty where there is none."""
    if vendor == "postgresql":
        inner = "".join(f"->'{part}'" for part in path[:-1])
        return f"COALESCE({column}{inner}->>'{path[-1]}', '')"
    inner = "".join(f'."{part}"' for part in path)
    return f"COALESCE(json_extract({column}, '${inner}'), '')"
