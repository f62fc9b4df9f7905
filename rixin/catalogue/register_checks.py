"""What must hold of the registers' definitions beyond their shape. As in `checks`: (place in the file, reason)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.register_schema import Section, Trait, Warning, WarningFact

_NEEDS: dict[WarningFact, frozenset[str]] = {
    "lease_end": frozenset({"within_days"}),
    "tax_drop": frozenset({"percent"}),
    "address_changed": frozenset({"within_days"}),
    "moved_out_of_building": frozenset({"within_days"}),
    "unsolved_problem": frozenset({"within_days"}),
    "not_visited": frozenset({"within_days"}),
}
_MAY: dict[WarningFact, frozenset[str]] = {"tax_drop": frozenset({"at_least"}), "not_visited": frozenset({"at_least"})}


def section_faults(section: Section) -> Found:
    yield from twice([one.code for one in section.divisions], "divisions")


def trait_faults(trait: Trait) -> Found:
    yield from twice([one.code for one in trait.options], "options")
    if trait.one_at_a_time and not trait.lasts:
        yield ("one_at_a_time",), _("only what lasts can end what was before")


def warning_faults(warning: Warning) -> Found:
    needed = _NEEDS[warning.fact]
    given = {name for name in ("within_days", "percent", "at_least") if getattr(warning, name) is not None}
    for name in sorted(needed - given):
        yield ("fact",), _("a warning of “{fact}” needs “{key}”").format(fact=warning.fact, key=name)
    for name in sorted(given - needed - _MAY.get(warning.fact, frozenset())):
        yield (name,), _("a warning of “{fact}” has no use for “{key}”").format(fact=warning.fact, key=name)


def twice(codes: list[str], key: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Codes of a list under `key` that were there before."""
    for nth, code in enumerate(codes):
        if code in codes[:nth]:
            yield (key, nth, "code"), _("the code “{code}” is there twice").format(code=code)
