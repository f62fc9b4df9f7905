"""An empty table for records of one type: headings, drop-downs, and a second sheet that explains each column."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rixin import empty_tables
from rixin.catalogue.record_headings import ADDRESS, AREA, DAY, FACILITY, SOURCE, STATE, UNIT, columns
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField, RecordType, Step
from rixin.empty_tables import Column
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.models import Level
from rixin.records.facilities import enterable_for
from rixin.records.tables import headed

_PERIODS: dict[Step, str] = {"day": "2022-03-05", "month": "2022-03", "quarter": "2022-Q1", "year": "2022"}
_OFFERED = {Level.SUBDISTRICT, Level.COMMUNITY, Level.GRID}


def build(version: RecordVersion, staff: Staff) -> bytes:
    """The table as XLSX, in the reader's language, with the areas that the person may enter for."""
    kind = version.type
    return empty_tables.build(kind.name.here(), kind.meaning.here(), list(_columns(kind, staff)))


def _columns(kind: RecordType, staff: Staff) -> Iterator[Column]:
    fields = {field.name: field for field in kind.fields}
    for column in columns(kind):
        label = column.label.here()
        if column.name in fields:
            yield _of_field(fields[column.name])
        elif column.name == DAY:
            yield Column(label, True, _day(kind))
        elif column.name == AREA:
            yield Column(label, False, _area(kind), tuple(_areas(staff)))
        elif column.name == FACILITY:
            names = tuple(one.name for one in enterable_for(staff, kind))
            yield Column(label, True, _("The name of the facility, as the register has it."), names)
        elif column.name == ADDRESS:
            yield Column(label, False, _("Where exactly, as people call it; at most 200 signs."))
        elif column.name == SOURCE:
            yield Column(label, False, _("Where the figures come from; at most 120 signs."))
        elif column.name in (UNIT, STATE):
            # What follows is known of a record without being filled in.
            return


def _of_field(field: RecordField) -> Column:
    options = tuple(option.name.here() for option in field.options)
    if field.kind == "yes_no":
        options = (_("yes"), _("no"))
    how = {
        "text": _("Words; at most {most} signs.").format(most=field.most or 120),
        "long_text": _("Words, also several lines; at most {most} signs.").format(most=field.most or 4_000),
        "count": _("A whole number. 0 means counted and none; blank means not known."),
        "amount": _("A number with at most {decimals} digits after the point; blank means not known.").format(
            decimals=field.decimals
        ),
        "date": _("A date such as 2022-03-05."),
        "yes_no": _("One of: {options}.").format(options=_(", ").join(options)),
        "choice": _("One of: {options}.").format(options=_(", ").join(options)),
    }[field.kind]
    bounds = _bounds(field) if field.kind in ("count", "amount") else ""
    more = field.help.here() if field.help else ""
    return Column(headed(field), field.required, " ".join(filter(None, (how, bounds, more))), options)


def _bounds(field: RecordField) -> str:
    if field.most is not None:
        return _("From {least} to {most}.").format(least=field.least or 0, most=field.most)
    return _("At least {least}.").format(least=field.least) if field.least else ""


def _day(kind: RecordType) -> str:
    if kind.period:
        return _("The period of the return, such as {example}. Each one only once.").format(
            example=_PERIODS[kind.period]
        )
    return _("A date such as 2022-03-05. It has to have come.")


def _area(kind: RecordType) -> str:
    if kind.place == "needed":
        return _("Needed, unless the address tells it. Choose from the list, or write a name or path of the area tree.")
    return _("Blank: told by the address, else the whole area of your unit. A name or path of the area tree.")


def _areas(staff: Staff) -> Iterator[str]:
    atlas = gazetteer.current()
    for area in sorted(atlas.areas.values(), key=lambda area: area.path):
        if area.level in _OFFERED and not area.retired and staff.scope.covers_area(area.path):
            yield atlas.label(area.path)
