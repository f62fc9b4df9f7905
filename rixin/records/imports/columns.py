"""Which column of a table holds what of a record, and what is wrong with a table's columns. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from rixin import sheet_columns
from rixin.catalogue.record_headings import ADDRESS, AREA, DAY, FACILITY, Heading, by_heading, columns
from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import RecordType
from rixin.sheet_columns import LEFT_OUT, Columns
from rixin.sheet_lines import Line
from rixin.sheets import plain_heading

ROW, WRONG = Text(zh="原表行号", en="Row in the file"), Text(zh="须修改之处", en="To be mended")
"""What a table of rows to be mended has beside them; not read again."""
NOT_READ = (*LEFT_OUT, ROW.zh, ROW.en, WRONG.zh, WRONG.en)


def find(record: RecordType, lines: Sequence[Line], learnt: Mapping[str, str]) -> Columns:
    """`learnt`: further headings, in plain spelling, with what they were said to hold before."""
    known = {**by_heading(record), **learnt}
    return sheet_columns.find(lines, lambda heading: known.get(plain_heading(heading), ""))


def faults(found: Columns, record: RecordType) -> list[str]:
    """Why the rows cannot be read with these columns."""
    known = {heading.name: heading for heading in columns(record)}
    told = [
        _("No column holds “%(label)s”. Choose which one does, or add it to the file.") % {"label": label}
        for name, label in _needed(record, known)
        if not found.holding(name)
    ]
    if record.place == "needed" and not record.facility and not found.holding(AREA) and not found.holding(ADDRESS):
        told.append(_("No column says where it was: an area or an address is needed."))
    for name in dict.fromkeys(found.at.values()):
        both = [found.headings[column] for column in found.holding(name)]
        if len(both) > 1 and name != AREA:
            label = known[name].label.here()
            told.append(
                _("The columns “%(one)s” and “%(other)s” both hold “%(label)s”. Choose one of them.")
                % {"one": both[0], "other": both[1], "label": label}
            )
    return told


def choices(record: RecordType) -> list[tuple[str, str]]:
    """(name, label) of what a column may hold."""
    return [(column.name, column.label.here()) for column in columns(record)]


def _needed(record: RecordType, known: Mapping[str, Heading]) -> Iterator[tuple[str, str]]:
    its_own = [FACILITY] if record.facility else []
    names = [DAY, *its_own, *(field.name for field in record.fields if field.required)]
    return ((name, known[name].label.here()) for name in names)
