"""Builders for tests of forms: a small form over the small street, published like any other, and what it says."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from rixin.cases.tests.builders import LOCAL
from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.periods import Period
from rixin.catalogue.tests.sheets import workbook
from rixin.catalogue.versions import FormVersion
from rixin.catalogue.work import FormInFile
from rixin.catalogue.work_schema import FormTemplate
from rixin.metrics.scope import Place
from rixin.metrics.tests.ground import NOW, STREET
from rixin.people.staff import Staff
from rixin.reports.forms import actions
from rixin.reports.forms.filling import Order, fill
from rixin.reports.forms.sources import workbook_of
from rixin.reports.forms.standing import today
from rixin.reports.forms.table import Cell, Table
from rixin.reports.models import FormSubmission

Publish = Callable[..., FormVersion]


@pytest.fixture(scope="session")
def tiny_catalogue(small_catalogue: Catalogue) -> Catalogue:
    """The small one with a single kind of matter: what is not there need not be published for every test."""
    kept = "exposed_rubbish"
    return replace(
        small_catalogue,
        types={kept: small_catalogue.types[kept]},
        classes={small_catalogue.class_of[kept]: small_catalogue.classes[small_catalogue.class_of[kept]]},
        class_of={kept: small_catalogue.class_of[kept]},
    )


@pytest.fixture
def tiny_street(units: Any, tiny_catalogue: Catalogue) -> None:
    versions.publish(tiny_catalogue, datetime(2021, 12, 1, tzinfo=LOCAL))


@pytest.fixture
def a_form(tiny_street: None, tiny_catalogue: Catalogue) -> Publish:
    """Publishes a form with these rows, or these bytes; the keys of its definition can be given."""

    def publish(rows: list[list[Any]] | bytes, dress: Any = None, **given: Any) -> FormVersion:
        known = {"code": "small", "name": {"zh": "小表", "en": "Small"}, "asked_by": {"zh": "区", "en": "District"}}
        form = FormTemplate(**{**known, "period": "month", "file": "small.xlsx", "seconds_per_cell": 60, **given})
        kept = FormInFile.of(form, rows if isinstance(rows, bytes) else workbook(rows, dress=dress))
        work = replace(tiny_catalogue.work, forms={**versions.work().forms, form.code: kept})
        versions.publish(replace(tiny_catalogue, work=work), datetime(2021, 12, 2, tzinfo=LOCAL))
        return versions.form(form.code)

    return publish


def order(version: FormVersion, period: str = "2022-03", area: str = STREET, unit: str = "", **given: Any) -> Order:
    return Order(version, Period.read(period), Place(area, unit), NOW, **given)


def filled(version: FormVersion, period: str = "2022-03", **given: Any) -> Table:
    return fill(order(version, period, **given))


def said(table: Table, sheet: int = 0) -> dict[str, str]:
    """What the page shows, by cell: {"A1": "100"}."""
    return {placed.name: placed.cell.shown for placed in table.placed() if placed.sheet == sheet}


def cell_at(table: Table, name: str) -> Cell:
    return next(placed.cell for placed in table.placed() if placed.name == name)


def page_of(version: FormVersion, period: str = "2022-03", sheet: int = 0, *, bare: bool = True) -> Worksheet:
    """A sheet of the spreadsheet, as a program opens it."""
    content = workbook_of(today(order(version, period)), bare=bare)
    return load_workbook(BytesIO(content)).worksheets[sheet]


def values(page: Worksheet) -> list[list[Any]]:
    return [list(row) for row in page.iter_rows(values_only=True)]


def hand_in(
    version: FormVersion, by: Staff, period: str = "2022-03", *, at: datetime = NOW, note: str = "", **given: Any
) -> FormSubmission:
    return actions.submit(order(version, period, by=by.name, **given), seen=None, note=note, by=by, at=at)


def keys(changes: Iterable[Any]) -> list[str]:
    return [change.now.name for change in changes]
