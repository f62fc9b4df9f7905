"""Writing a list to a file, row by row and however long it is. Personal data stays masked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.desk import choices, filters, paging, tabs
from rixin.desk.models import Export
from rixin.people import staffing, units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.privacy.masking import masked
from rixin.sheet_writing import Cell, written
from rixin.sheets import harmless

KEPT_FOR = timedelta(days=1)
COUNTED_TO = 100_000
_CHUNK = 1_000


@dataclass(frozen=True)
class Names:
    """Names of the handlers of one chunk, by account."""

    handlers: dict[int, str]


@dataclass(frozen=True)
class Column:
    code: str
    name: Promise
    value: Callable[[Case, Names], Cell]
    usual: bool = True


def _local(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def _at(name: str) -> Callable[[Case, Names], Cell]:
    return lambda case, _names: _local(getattr(case, name))


def _unit(case: Case, names: Names) -> Cell:
    return units.by_id(case.unit_id).name if case.unit_id is not None else ""


def _type(case: Case, names: Names) -> Cell:
    return versions.version(case.definition_id).rules.type.name.here()


def _group(case: Case, names: Names) -> Cell:
    return versions.version(case.definition_id).rules.matter_class.name.here()


def _state(case: Case, names: Names) -> Cell:
    return versions.version(case.definition_id).rules.lifecycle.states[case.state].name.here()


def _community(case: Case, names: Names) -> Cell:
    chain = gazetteer.current().label(case.area_path).split(" › ")
    return chain[1] if len(chain) > 1 else chain[0]


def _urgency(case: Case, names: Names) -> Cell:
    return _("urgent") if case.urgency == "urgent" else _("ordinary")


def _late(case: Case, names: Names) -> Cell:
    return _("yes") if any(clock.missed for clock in case.clocks.all()) else _("no")


# “时间”, “主题”, “内容” are the headings that `rixin import cases` reads: what was exported can be imported again.
COLUMNS = (
    Column("number", gettext_lazy("Number"), lambda case, names: case.number),
    Column("opened_at", pgettext_lazy("export", "Time"), _at("opened_at")),
    Column("title", pgettext_lazy("export", "Theme"), lambda case, names: masked(case.title)),
    Column("text", pgettext_lazy("export", "Detail"), lambda case, names: masked(case.text)),
    Column("channel", gettext_lazy("Channel"), lambda case, names: str(case.get_channel_display())),
    Column("group", gettext_lazy("Class"), _group),
    Column("type", gettext_lazy("Kind of matter"), _type),
    Column("type_code", gettext_lazy("Code of the kind"), lambda case, names: case.type, usual=False),
    Column("community", gettext_lazy("Community"), _community),
    Column("area_path", gettext_lazy("Area path"), lambda case, names: case.area_path, usual=False),
    Column("address", gettext_lazy("Address"), lambda case, names: masked(case.address)),
    Column("lat", gettext_lazy("Latitude (WGS-84)"), lambda case, names: case.lat, usual=False),
    Column("lng", gettext_lazy("Longitude (WGS-84)"), lambda case, names: case.lng, usual=False),
    Column(
        "urgency",
        gettext_lazy("Urgency"),
        _urgency,
    ),
    Column("state", gettext_lazy("State"), _state),
    Column("unit", gettext_lazy("Unit"), _unit),
    Column(
        "handler",
        pgettext_lazy("export", "Handler"),
        lambda case, names: names.handlers.get(case.handler_id, "") if case.handler_id is not None else "",
    ),
    Column("due_at", gettext_lazy("Due"), _at("due_at")),
    Column("late", gettext_lazy("A date was missed"), _late),
    Column("answered_at", gettext_lazy("Answered on"), _at("answered_at")),
    Column("verified_at", gettext_lazy("Verified on"), _at("verified_at")),
    Column("closed_at", gettext_lazy("Closed on"), _at("closed_at")),
    Column("rated_at", gettext_lazy("Rated on"), _at("rated_at")),
    Column("resolved_at", gettext_lazy("Resolved, by the resident's word, on"), _at("resolved_at"), usual=False),
    Column("rating", gettext_lazy("Rating"), lambda case, names: choices.ratings().get(case.rating, case.rating)),
    Column(
        "excluded",
        gettext_lazy("Rating excluded"),
        lambda case, names: _("yes") if case.excluded else _("no"),
        usual=False,
    ),
    Column("answer", gettext_lazy("Public answer"), lambda case, names: masked(case.answer)),
)
BY_CODE = {column.code: column for column in COLUMNS}


def cases_of(export: Export, staff: Staff, at: datetime) -> QuerySet[Case]:
    """What the export's filter finds among what the person may see on the day it is written."""
    tab = next((tab for tab in tabs.of(staff) if tab.code == export.tab), tabs.first_of(staff))
    asked = filters.parse(QueryDict(export.query).dict()).filter
    return asked.apply(tabs.seen_in(tab, staff), at).filter(tab.where(staff, at))


def expected(export: Export, staff: Staff, at: datetime) -> int:
    """How many rows to expect, counted up to COUNTED_TO."""
    return cases_of(export, staff, at).order_by()[:COUNTED_TO].count()


def write(export: Export, staff: Staff, at: datetime, progress: Callable[[int], None]) -> Path:
    """Writes the file whole or not at all. `progress` is told the rows written so far. Raises TooLong."""
    path = path_of(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    columns = [BY_CODE[code] for code in export.columns]
    with written(half, export.format) as sheet:
        sheet.row([str(column.name) for column in columns])
        done = 0
        for chunk in _chunks(cases_of(export, staff, at), with_clocks="late" in export.columns):
            names = Names(staffing.names({case.handler_id for case in chunk if case.handler_id is not None}))
            for case in chunk:
                sheet.row([harmless(column.value(case, names)) for column in columns])
            done += len(chunk)
            progress(done)
    half.replace(path)
    return path


def _chunks(cases: QuerySet[Case], *, with_clocks: bool) -> Iterator[list[Case]]:
    """Newest first. Each chunk is one short statement, so that a long export holds no long transaction."""
    cursor: paging.Cursor | None = None
    rows = cases.defer("form", "ledger", "rating_reason")
    rows = rows.prefetch_related("clocks") if with_clocks else rows
    while True:
        page = paging.page(rows, paging.SORTS["newest"], cursor, _CHUNK)
        if page.rows:
            yield page.rows
        if page.after is None:
            return
        cursor = page.after


def path_of(export: Export) -> Path:
    return Path(settings.DATA_DIR) / "exports" / f"{export.pk}.{export.format}"


def purge(at: datetime) -> int:
    """Deletes exports that are older than a day, with their files; answers how many. Harmless to repeat."""
    old = Export.objects.filter(asked_at__lt=at - KEPT_FOR)
    for export in old:
        path_of(export).unlink(missing_ok=True)
        path_of(export).with_suffix(".part").unlink(missing_ok=True)
    return old.delete()[0]
