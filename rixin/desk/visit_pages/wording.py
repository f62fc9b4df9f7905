"""Reasons to call at an enterprise, in words with their dates and numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue.dates import day_text
from rixin.liaison.due import Due
from rixin.liaison.warnings import Reason
from rixin.registers.amounts import yuan


@dataclass(frozen=True)
class Told:
    """`why`: the fact with its dates and numbers; `matters`: numbers of the matters that it is about."""

    code: str
    name: str
    why: str
    advice: str
    matters: tuple[str, ...] = ()


def told(reasons: Iterable[Reason], *, money: bool) -> list[Told]:
    """`money`: whether the reader may know what a single enterprise pays."""
    return [
        Told(
            reason.warning.code,
            reason.warning.name.here(),
            why(reason, money=money),
            reason.warning.advice.here(),
            reason.matters,
        )
        for reason in reasons
    ]


def why(reason: Reason, *, money: bool) -> str:
    fact = reason.warning.fact
    if fact == "tax_drop":
        return _tax(reason, money=money)
    if reason.day is None:
        return _("No visit has been written down yet.")
    day, days = day_text(reason.day), reason.days or 0
    if fact == "lease_end":
        return _lease(reason.place, day, days)
    if fact == "address_changed" and not reason.to:
        return _("Since {day} it works elsewhere.").format(day=day)
    if fact == "address_changed":
        return _("On {day} its address was changed from {before} to {now}.").format(
            day=day, before=reason.place, now=reason.to
        )
    if fact == "moved_out_of_building":
        return _("Since {day} it has no rooms in {place} any more, and none elsewhere.").format(
            day=day, place=reason.place
        )
    if fact == "unsolved_problem":
        return ngettext(
            "{n} problem is open, the oldest since {day}, for {days} days.",
            "{n} problems are open, the oldest since {day}, for {days} days.",
            len(reason.matters),
        ).format(n=len(reason.matters), day=day, days=days)
    return ngettext(
        "The last visit was on {day}, {n} day ago.", "The last visit was on {day}, {n} days ago.", days
    ).format(day=day, n=days)


def _lease(place: str, day: str, days: int) -> str:
    if days == 0:
        return _("The lease of {place} ends today.").format(place=place)
    if days > 0:
        return ngettext(
            "The lease of {place} ran out on {day}, {n} day ago.",
            "The lease of {place} ran out on {day}, {n} days ago.",
            days,
        ).format(place=place, day=day, n=days)
    return ngettext(
        "The lease of {place} ends on {day}, in {n} day.", "The lease of {place} ends on {day}, in {n} days.", -days
    ).format(place=place, day=day, n=-days)


def _tax(reason: Reason, *, money: bool) -> str:
    tax = reason.tax
    if tax is None or not money:
        return _("It paid clearly less tax than in the same period of the year before.")
    period = str(tax.first) if tax.first == tax.last else f"{tax.first}–{tax.last}"
    return _("Of {period} it paid {paid}, of the same period of the year before {before}: {percent}% less.").format(
        period=period, paid=yuan(tax.paid), before=yuan(tax.before), percent=tax.percent_less
    )


def visited(last: date | None, today: date) -> str:
    if last is None:
        return _("Never visited")
    days = (today - last).days
    if days == 0:
        return _("Visited today")
    return ngettext("Visited {n} day ago", "Visited {n} days ago", days).format(n=days)


def due(one: Due, today: date) -> list[tuple[str, str]]:
    """(tone of a badge, what it says): what the officer has to know before knocking."""
    said = [("info", _("Visit planned"))] if one.planned else []
    if one.lease_end is not None and any(reason.warning.fact == "lease_end" for reason in one.reasons):
        said.append(("warn", _("Lease ends {day}").format(day=one.lease_end.isoformat())))
    said += [
        ("warn", reason.warning.name.here())
        for reason in one.reasons
        if reason.warning.fact in ("tax_drop", "address_changed", "moved_out_of_building")
    ]
    if one.problems:
        said.append(("open", ngettext("{n} open problem", "{n} open problems", one.problems).format(n=one.problems)))
    return said


def percent(share: Fraction | None) -> str:
    """With one digit; a dash where there is nothing to divide by."""
    return "—" if share is None else f"{float(share) * 100:.1f}%"
