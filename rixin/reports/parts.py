"""Every figure of a document by month and by area, to stand beside it where the product is not at hand."""

from collections.abc import Iterable
from dataclasses import replace

from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Split
from rixin.catalogue.sources import can_split
from rixin.metrics import compute, wording
from rixin.metrics.compute import Asked, Engine
from rixin.metrics.only import Only
from rixin.reports.cited import Cited, Part
from rixin.reports.document import Document
from rixin.reports.words import spoken


def with_parts(document: Document, engine: Engine) -> Document:
    """One pass over each source for all figures of one place."""
    with spoken(document.language):
        months = _parts(document, engine, "month")
        areas = _parts(document, engine, "area")
    cited = tuple(replace(one, months=months.get(one.key, ()), areas=areas.get(one.key, ())) for one in document.cited)
    return replace(document, cited=cited)


def _parts(document: Document, engine: Engine, by: Split) -> dict[str, tuple[Part, ...]]:
    """By key; nothing for what cannot be split so, and for that in which nothing was counted."""
    found: dict[str, tuple[Part, ...]] = {}
    for (area, unit, only), group in _by_place(document.cited, by).items():
        asked: dict[str, Asked] = {one.key: (one.id, Period.read(one.period)) for one in group}
        parts = compute.splits(
            dict.fromkeys(asked.values()), by, engine=engine, as_of=document.as_of, area=area, unit=unit, only=only
        )
        for key, question in asked.items():
            found[key] = tuple((wording.part(by, part), wording.shown(one)) for part, one in parts[question].items())
    return found


def _by_place(cited: Iterable[Cited], by: Split) -> dict[tuple[str, str, Only], list[Cited]]:
    groups: dict[tuple[str, str, Only], list[Cited]] = {}
    for one in cited:
        if one.rows and can_split(wording.metric_of(one.id), by):
            groups.setdefault((one.area, one.office, one.only), []).append(one)
    return groups
