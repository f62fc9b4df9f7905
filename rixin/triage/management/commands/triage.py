"""What sorting learns from examples: train a model, judge it."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from rixin.triage.learned.examples import Example, UnusableExamples, read_file
from rixin.triage.learned.model import Model, NotAModel
from rixin.triage.learned.scoring import Score, evaluate
from rixin.triage.learned.training import train

_SKIPPED_SHOWN = 20


class Command(BaseCommand):
    help = "Train a classifier from messages with labels, and measure how well it does."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        learn = doing.add_parser("train", help="learn from a file with columns id, theme, time, detail, label")
        learn.add_argument("examples", type=Path, help="CSV in UTF-8, plain or gzipped")
        learn.add_argument("--output", type=Path, required=True, help="where the model is written")
        judge = doing.add_parser("evaluate", help="measure a model on a file of the same columns that it did not see")
        judge.add_argument("examples", type=Path)
        judge.add_argument("--model", type=Path, required=True)
        judge.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['doing']}")(**options)
        except UnusableExamples as wrong:
            raise CommandError(str(wrong)) from wrong

    def _train(self, *, examples: Path, output: Path, **_other: Any) -> None:
        model = train(self._read(examples), lambda step: self.stderr.write(f"{step} …"))
        content = model.to_bytes()
        try:
            _replace(output, content)
        except OSError as wrong:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s") % {"file": output, "reason": wrong.strerror}
            ) from wrong
        self.stdout.write(
            _("Learned %(labels)s labels from %(count)s messages: %(file)s, %(size).1f MB")
            % {"labels": len(model.labels), "count": model.examples, "file": output, "size": len(content) / 1e6}
        )

    def _evaluate(self, *, examples: Path, model: Path, format: str, **_other: Any) -> None:
        try:
            trained = Model.from_bytes(model.read_bytes())
        except OSError as wrong:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s") % {"file": model, "reason": wrong.strerror}
            ) from wrong
        except NotAModel as wrong:
            raise CommandError(
                _("%(file)s is no model of this version: %(reason)s") % {"file": model, "reason": wrong}
            ) from wrong
        found = evaluate(trained, self._read(examples))
        self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False) if format == "json" else _table(found))

    def _read(self, path: Path) -> list[Example]:
        examples, skipped = read_file(path)
        for one in skipped[:_SKIPPED_SHOWN]:
            self.stderr.write(_("Row %(row)s left out: %(reason)s") % {"row": one.row, "reason": one.reason})
        if len(skipped) > _SKIPPED_SHOWN:
            self.stderr.write(_("… and %(count)s more") % {"count": len(skipped) - _SKIPPED_SHOWN})
        return examples


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all: who reads the old model meanwhile never sees half of the new one."""
    handle, fresh = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(fresh).chmod(0o644)
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def _table(found: Score) -> str:
    lines = [
        f"macro F1  {found.macro_f1:.4f}",
        f"accuracy  {found.accuracy:.4f}",
        _("calibration error  %(error).4f") % {"error": found.expected_calibration_error},
        _("messages a second  %(speed).0f") % {"speed": found.messages_per_second},
        "",
        *(
            f"{label}  P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f}  n {one.support}"
            for label, one in found.per_class.items()
        ),
    ]
    return "\n".join(lines)
