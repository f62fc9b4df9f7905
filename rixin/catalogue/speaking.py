"""Commands that speak the language of the terminal."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from rixin.catalogue.loader import BrokenCatalogue, Catalogue, catalogue_dir, load


def language_of_terminal() -> str:
    """English where the environment asks for it, else the product's own language."""
    wanted = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if wanted.startswith("en") else settings.LANGUAGE_CODE


def definitions_in_use(*, thoroughly: bool = False) -> Catalogue:
    """Raises CommandError with every fault."""
    try:
        return load(catalogue_dir(), thoroughly=thoroughly)
    except BrokenCatalogue as broken:
        what_next = _("Mend the definitions first; nothing was changed.")
        raise CommandError(f"{broken}\n{what_next}") from broken


def add_language(parser: Any, *, default: Any = None) -> None:
    """`default=SUPPRESS` on a sub-command's parser, so that the word may stand before it or after it."""
    languages = [code for code, _name in settings.LANGUAGES]
    parser.add_argument("--language", choices=languages, default=default, help="Language of what is said.")


class SpeakingCommand(BaseCommand):
    """A command with `--language`; without it, it follows the terminal's."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        add_language(parser)
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        with translation.override(options.get("language") or language_of_terminal()):
            return super().execute(*args, **options)
