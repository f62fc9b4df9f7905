"""`rixin catalogue list|show|publish|reference|draw`: looks into the definitions, publishes them, documents them."""

import unicodedata
from argparse import SUPPRESS, ArgumentParser
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue import changes, drawing, pictures, reference, versions, wording
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.schema import ResolvedType
from rixin.catalogue.speaking import SpeakingCommand, add_language, definitions_in_use

NAMED = 12
"""Up to so many new definitions are named one by one."""
DOCS = settings.PACKAGE.parent / "docs"


class Command(SpeakingCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what")
        commands.add_parser("list", help="Classes and types with unit and terms (also without any word).")
        commands.add_parser("publish", help="Make the files' definitions those of new matters; tells what changed.")
        show = commands.add_parser("show", help="One matter type, or the states and actions of one lifecycle.")
        show.add_argument("code")
        write = commands.add_parser("reference", help="Write the reference of all keys.")
        write.add_argument("--to", type=Path, default=DOCS / "developers" / "catalogue-reference.md")
        draw = commands.add_parser("draw", help="Write a picture of each lifecycle.")
        draw.add_argument("--to", type=Path, default=DOCS / "lifecycles")
        for one in commands.choices.values():
            add_language(one, default=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['what'] or 'list'}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        catalogue = definitions_in_use()
        found = sorted(map(catalogue.resolved, catalogue.types), key=_in_order)
        for matter_class, group in groupby(found, key=lambda rules: rules.matter_class):
            self.stdout.write(self.style.MIGRATE_HEADING(f"{matter_class.national} {matter_class.name}"))
            for rules in group:
                self.stdout.write(f"  {_padded(rules.type.national, 7)}{_line(rules)}")
        count = ngettext("{n} matter type", "{n} matter types", len(found)).format(n=len(found))
        self.stdout.write(f"{count}, {', '.join(catalogue.lifecycles)}")

    def _show(self, options: dict[str, Any]) -> None:
        catalogue, code = definitions_in_use(), options["code"]
        if code in catalogue.lifecycles:
            lifecycle = catalogue.lifecycles[code]
            self.stdout.write(f"{lifecycle.name} ({code})\n{lifecycle.source}")
            for state in lifecycle.states.values():
                phase = wording.PHASES[state.phase]
                self.stdout.write(f"  {_padded(str(state.name), 24)}{wording.ROLES[state.owner]}, {phase}")
            for (start, end), actions in drawing.moves(lifecycle).items():
                names = wording.listed([str(action.name) for action in actions])
                self.stdout.write(f"  {lifecycle.states[start].name} → {lifecycle.states[end].name}: {names}")
            return
        if code not in catalogue.types:
            raise CommandError(
                _("“{code}” is neither a matter type nor a lifecycle. `rixin catalogue list` names them all.").format(
                    code=code
                )
            )
        rules = catalogue.resolved(code)
        self.stdout.write(f"{rules.type.national} {_line(rules)}")
        for clock, definition in rules.lifecycle.clocks.items():
            self.stdout.write(f"  {clock}: {definition.name}, {wording.term(rules.term_of(clock))}. {definition.rule}")
        for field in rules.type.form:
            self.stdout.write(f"  ? {field.label} ({wording.FIELD_KINDS[field.kind]})")

    def _publish(self, options: dict[str, Any]) -> None:
        catalogue = definitions_in_use(thoroughly=True)
        written = versions.publish(catalogue, timezone.now())
        if not written:
            self.stdout.write(_("Nothing has changed since it was published last."))
        self._tell_new([row for row in written if row.number == 1])
        followers = [row for row in written if row.number > 1 and not self._told_change(row)]
        if followers:
            self.stdout.write(
                ngettext(
                    "{n} matter type follows the changed lifecycle.",
                    "{n} matter types follow the changed lifecycle.",
                    len(followers),
                ).format(n=len(followers))
            )

    def _tell_new(self, new: list[DefinitionVersion]) -> None:
        """By code, or of a whole catalogue how many of each kind."""
        if not new:
            return
        kinds = Counter(str(row.get_kind_display()) for row in new)
        counts = [f"{kind} {count}" for kind, count in kinds.items()]
        what = [row.code for row in new] if len(new) <= NAMED else counts
        self.stdout.write(
            ngettext("{n} new: {codes}", "{n} new: {codes}", len(new)).format(n=len(new), codes=", ".join(what))
        )

    def _told_change(self, row: DefinitionVersion) -> bool:
        """Tells what changed; False if nothing did but the lifecycle that it follows, which is told by itself."""
        before = DefinitionVersion.objects.select_related("lifecycle").get(
            kind=row.kind, code=row.code, number=row.number - 1
        )
        told = list(changes.between(before, row, with_lifecycle=False))
        if not told and row.lifecycle_id != before.lifecycle_id and row.retired == before.retired:
            return False
        name = f"{row.get_kind_display()} {row}"
        self.stdout.write(
            _("{name} (retired: open matters go on, no new ones)").format(name=name) if row.retired else name
        )
        for change in told:
            self.stdout.write(f"  {change}")
        return True

    def _reference(self, options: dict[str, Any]) -> None:
        reference.write(options["to"])
        self.stdout.write(str(options["to"]))

    def _draw(self, options: dict[str, Any]) -> None:
        try:
            for lifecycle in definitions_in_use().lifecycles.values():
                for path in pictures.draw(lifecycle, options["to"]):
                    self.stdout.write(str(path))
        except pictures.CannotDraw as why:
            raise CommandError(str(why)) from why


def _in_order(rules: ResolvedType) -> tuple[str, str]:
    return rules.matter_class.national, rules.type.national


def _line(rules: ResolvedType) -> str:
    terms = wording.listed(
        [f"{rules.lifecycle.clocks[code].name} {wording.term(length)}" for code, length in rules.type.limits.items()]
    )
    matter = rules.type
    return f"{_padded(matter.code, 28)}{_padded(str(matter.name), 26)}{_padded(matter.unit, 20)}{terms}".rstrip()


def _padded(text: str, width: int) -> str:
    """Filled up to `width` columns of a terminal, where a Chinese sign takes two; one blank at least."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, width - taken)
