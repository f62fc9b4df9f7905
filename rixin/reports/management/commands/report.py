"""`rixin report NAME --year 2022`: writes a report as a page, DOCX, PDF or JSON."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.report_text import parse
from rixin.catalogue.speaking import SpeakingCommand
from rixin.metrics import lake
from rixin.metrics.engines.spark import NoSpark
from rixin.reports import docx, page, pdf, plain_json
from rixin.reports.answers import Frame
from rixin.reports.beginning import begin_with
from rixin.reports.document import Document, put_together
from rixin.reports.engines import ENGINES, engine
from rixin.reports.management import given
from rixin.reports.parts import with_parts
from rixin.reports.words import spoken_now

WRITERS: dict[str, Any] = {
    "html": page.standalone,
    "json": plain_json.write,
    "docx": docx.write,
    "pdf": pdf.write,
}


class Command(SpeakingCommand):
    help = "Write a report: every figure is computed from the records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="such as work-report; without one, all are listed")
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--year", type=int, help="such as 2022")
        when.add_argument("--period", help="2022, 2022-Q1, 2022-03 or 2022-03-05")
        given.add_place(parser)
        parser.add_argument("--format", choices=list(WRITERS), default="html")
        parser.add_argument("--engine", choices=ENGINES, default="database")
        parser.add_argument("--out", type=Path, help="file to write; without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["name"]:
            for template in versions.work().reports.values():
                self.stdout.write(f"{template.code}  {template.name}")
            return
        try:
            with engine(options["engine"]) as asked:
                written = WRITERS[options["format"]](self._document(options, asked))
        except (lake.NoLake, NoSpark) as missing:
            raise CommandError(str(missing)) from missing
        given.give(written, options["out"], self.stdout, self.stderr)

    def _document(self, options: dict[str, Any], asked: Any) -> Document:
        template = versions.work().reports.get(options["name"])
        if template is None:
            known = ", ".join(versions.work().reports)
            raise CommandError(
                _("There is no report “{name}”. There are: {known}.").format(name=options["name"], known=known)
            )
        said = options["period"] or (str(options["year"]) if options["year"] else "")
        period = given.period(said, template.period)
        as_of = lake.read().as_of if options["engine"] != "database" else timezone.now()
        frame = Frame(period, asked, as_of, given.area(options["area"]), given.unit(options["unit"]))
        begun = begin_with(template, frame, spoken_now())
        document = put_together(begun.title, parse(begun.body), frame)
        return with_parts(document, asked) if options["format"] == "html" else document
