"""Records as rows for questions: those that count, of one type, with the columns that `catalogue.sources` names."""

from rixin.catalogue.sources import FACILITY, RECORD_GROUND, record_columns
from rixin.catalogue.work_schema import RecordType
from rixin.facts import MARK, days_of_month, plain_day, whole_number, word


def relation(vendor: str, record: RecordType, month: str = "") -> str:
    """A SELECT of the records of this type that count, or of those of one month (202203).

    Codes and names come from the catalogue: letters and digits.
    """
    naming = {field.name for field in record.fields if field.names}
    # Which enterprise a name means can change without the record: the copy has to notice.
    marked = "(r.version + 131 * COALESCE(r.enterprise_id, 0))" if naming else "r.version"
    columns = {
        "id": "r.id",
        "version": "r.version",
        "mark": MARK.format(id="r.id", version=marked),
        "area": "r.area_path",
        "unit": "u.code",
        "day": plain_day(vendor, "r.day"),
    }
    if record.facility:
        columns[FACILITY] = "COALESCE(CAST(r.facility_id AS varchar(20)), '')"
    for name, column in record_columns(record).items():
        if name not in RECORD_GROUND and name not in columns:
            words = column.kind in ("code", "text")
            columns[name] = word(vendor, 'r."values"', name) if words else whole_number(vendor, 'r."values"', name)
        if name in naming:
            # One enterprise under several names is one.
            columns[name] = f"COALESCE(CAST(r.enterprise_id AS varchar(20)), {columns[name]})"
    chosen = ", ".join(f'{said} AS "{name}"' for name, said in columns.items())
    return (
        f"SELECT {chosen} FROM records_record r JOIN people_unit u ON u.id = r.unit_id"  # noqa: S608 - constants
        f" WHERE r.type = '{record.code}' AND r.status = 'confirmed'"
        + (f" AND {days_of_month('r.day', month)}" if month else "")
    )
