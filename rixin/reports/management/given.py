"""What commands of this app are given alike: a place, a period, a file to write."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.wording import STEPS
from rixin.catalogue.work_schema import Step
from rixin.people import units
from rixin.places import gazetteer


def add_place(parser: ArgumentParser) -> None:
    parser.add_argument("--area", default="", help="a community's code or path; without it, all of them")
    parser.add_argument("--unit", default="", help="a unit's code; without it, all of them")


def area(said: str) -> str:
    """The path of an area by its code or path."""
    if not said:
        return ""
    known = gazetteer.current().area(said)
    if known is None:
        raise CommandError(_("There is no area “{area}”.").format(area=said))
    return known.path


def unit(said: str) -> str:
    if said:
        try:
            units.by_code(said)
        except units.UnknownUnit:
            raise CommandError(_("There is no unit “{unit}”.").format(unit=said)) from None
    return said


def period(said: str, step: Step) -> Period:
    try:
        return Period.reading(said, step)
    except NoPeriod as wrong:
        raise CommandError(
            _("“{given}” is no period of what is made for each {step}: --period {example}").format(
                given=wrong.given, step=STEPS[step], example=Period.of(step, timezone.localdate())
            )
        ) from wrong


def give(written: str | bytes, out: Path | None, stdout: OutputWrapper, stderr: OutputWrapper) -> None:
    """Into the file, whose name is told; or to standard output."""
    if out is not None:
        out.write_bytes(written.encode() if isinstance(written, str) else written)
        stderr.write(f"{out}")
    elif isinstance(written, str):
        stdout.write(written)
    else:
        sys.stdout.buffer.write(written)
