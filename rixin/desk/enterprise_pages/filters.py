"""What a person looks for in the list of enterprises: read from the address bar, written back to it, put in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.register_schema import Section, Trait
from rixin.desk import choices, listing
from rixin.desk.addresses import Unreadable, day_in, one_of, read, words_in
from rixin.desk.choices import Choice, Group
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.registers import industries, queries
from rixin.registers.finding import ANY, GROUPS, Wanted
from rixin.registers.models import How, Standing

NAMES = {
    "q": "words",
    "standing": "standing",
    "industry": "industry",
    "building": "building",
    "area": "area",
    "trait": "trait",
    "on": "on",
    "how": "how",
    "period": "period",
}
"""Name in the address -> field of Wanted."""
HAPPENED = (How.NEW, How.MOVED_IN, How.CHANGED, How.MOVED_OUT, How.CLOSED)
STANDINGS: dict[str, str | Promise] = {
    "": pgettext_lazy("enterprises", "Here now"),
    "registered": pgettext_lazy("enterprises", "Registered here"),
    **{standing.value: standing.label for standing in Standing},
    ANY: pgettext_lazy("enterprises", "All that ever were"),
}


@dataclass(frozen=True)
class Parsed:
    wanted: Wanted
    problems: tuple[str, ...] = ()
    """One sentence per value that was not understood and is left out."""


@dataclass(frozen=True)
class Chip:
    """A condition in words, and the address without it."""

    name: str
    value: str
    without: str


def parse(data: Mapping[str, str]) -> Parsed:
    values, problems = read(data, _READ)
    return Parsed(Wanted(**{NAMES[name]: value for name, value in values.items()}), tuple(problems))


def given(wanted: Wanted) -> dict[str, str]:
    """What narrows, as it stands in the address bar."""
    values = {name: getattr(wanted, field) for name, field in NAMES.items()}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) for name, value in values.items() if value
    }


def query(wanted: Wanted, **more: str) -> str:
    """`q=云联&standing=left`; `more` adds what is no filter, such as the order."""
    return urlencode({**given(wanted), **{name: value for name, value in more.items() if value}})


def without(wanted: Wanted, name: str) -> Wanted:
    empty: dict[str, Any] = {NAMES[name]: getattr(Wanted(), NAMES[name])}
    return replace(wanted, **empty)


def chips(wanted: Wanted, offered: Mapping[str, Any], sort: str) -> list[Chip]:
    """`offered` as `options` gives it. The standing is shown by the folder that is open."""
    return [
        Chip(_field_name(name), _in_words(name, value, offered), query(without(wanted, name), sort=sort))
        for name, value in given(wanted).items()
        if name != "standing"
    ]


def options(staff: Staff) -> dict[str, Any]:
    """What can be chosen. One statement: the buildings."""
    return {
        "industry": industry_groups(),
        "building": [Choice(row.code, row.name) for row in queries.buildings_visible_to(staff).order_by("code")],
        "area": choices.areas(staff),
        "trait": [trait_group(trait) for trait in versions.work().traits.values()],
        "how": {
            "": pgettext("enterprises", "Newly registered or moved in"),
            **{how.value: str(how.label) for how in HAPPENED},
        },
    }


def industry_groups() -> list[Group]:
    """The sections of GB/T 4754, each with itself and its divisions."""
    return [_section(section) for section in industries.sections()]


def _section(section: Section) -> Group:
    parts = tuple(
        Choice(f"{section.code}{one.code}", f"{section.code}{one.code} {one.name.here()}") for one in section.divisions
    )
    name = f"{section.code} {section.name.here()}"
    return Group(name, (Choice(section.code, _("{name}: all").format(name=name)), *parts))


def trait_group(trait: Trait) -> Group:
    values = tuple(Choice(f"{trait.code}:{one.code}", one.name.here()) for one in trait.options)
    return Group(trait.name.here(), (Choice(trait.code, _("{name}: any").format(name=trait.name.here())), *values))


def _field_name(name: str) -> str:
    return {
        "q": _("Words"),
        "industry": _("Industry"),
        "building": _("Office building"),
        "area": _("Area"),
        "trait": pgettext("of an enterprise", "Trait"),
        "on": pgettext("enterprises", "As of"),
        "how": _("What happened"),
        "period": _("Period"),
    }[name]


def _in_words(name: str, value: str, offered: Mapping[str, Any]) -> str:
    if name == "area":
        return listing.place_label(value)
    known = offered.get(name, {})
    if isinstance(known, Mapping):
        return str(known.get(value, value))
    flat = [one for each in known for one in (each.choices if isinstance(each, Group) else [each])]
    return next((one.name for one in flat if one.code == value), value)


def _period(written: str) -> Period:
    try:
        return Period.read(written)
    except NoPeriod:
        raise Unreadable(
            _("“{given}” is no period such as 2022, 2022-Q1 or 2022-03.").format(given=written[:40])
        ) from None


def _is_industry(code: str) -> bool:
    known = industries.industry(code[:1], code[1:])
    return known is not None and known.code == code


def _is_trait(asked: str) -> bool:
    code, colon, value = asked.partition(":")
    known = versions.work().traits.get(code)
    return known is not None and (not colon or value in {option.code for option in known.options})


_READ: dict[str, Callable[[str], Any]] = {
    "q": words_in,
    "standing": one_of(lambda code: code in (*GROUPS, *Standing.values), lambda: _("Standing")),
    "industry": one_of(_is_industry, lambda: _("Industry")),
    "building": words_in,
    "area": one_of(lambda path: gazetteer.current().area(path) is not None, lambda: _("Area")),
    "trait": one_of(_is_trait, lambda: pgettext("of an enterprise", "Trait")),
    "on": day_in,
    "how": one_of(lambda how: how in HAPPENED, lambda: _("What happened")),
    "period": _period,
}
