"""What sorting learns from examples: train a model, judge it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.triage import proposals
from rixin.triage.learned import keeping, sources, trial
from rixin.triage.learned.examples import Example, UnusableExamples, read_file
from rixin.triage.learned.model import Model, NotAModel
from rixin.triage.learned.scoring import Score, evaluate
from rixin.triage.learned.training import train, without_rare
from rixin.triage.sorting import sort

_SKIPPED_SHOWN = 20


class Command(BaseCommand):
    help = "Train a classifier from messages with labels, and measure how well it does."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        learn = doing.add_parser(
            "train", help="learn from the office's own matters, or from a file with id, theme, time, detail, label"
        )
        learn.add_argument("examples", type=Path, nargs="?", help="CSV in UTF-8, plain or gzipped; needs --output")
        learn.add_argument("--output", type=Path, help="where the model from a file is written")
        judge = doing.add_parser("evaluate", help="measure a model on a file of the same columns that it did not see")
        judge.add_argument("examples", type=Path)
        judge.add_argument("--model", type=Path, required=True)
        judge.add_argument("--format", choices=["text", "json"], default="text")
        doing.add_parser("list", help="the models made from the office's own matters")
        doing.add_parser("rollback", help="put the model before back in force; without one the words decide alone")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['doing']}")(**options)
        except UnusableExamples as wrong:
            raise CommandError(str(wrong)) from wrong

    def _train(self, *, examples: Path | None, output: Path | None, **_other: Any) -> None:
        if examples is None and output is None:
            self._train_own()
        elif examples is None or output is None:
            raise CommandError(_("A file of examples needs --output, and --output a file of examples."))
        else:
            self._train_file(examples, output)

    def _train_file(self, examples: Path, output: Path) -> None:
        model = train(self._read(examples), self._step)
        content = model.to_bytes()
        try:
            keeping.write(output, content)
        except OSError as wrong:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s") % {"file": output, "reason": wrong.strerror}
            ) from wrong
        self.stdout.write(
            _("Learned %(labels)s labels from %(count)s messages: %(file)s, %(size).1f MB")
            % {"labels": len(model.labels), "count": model.examples, "file": output, "size": len(content) / 1e6}
        )

    def _train_own(self) -> None:
        """Judged on the newest matters first; then all are learned from, and it is put in force if it did better."""
        own = sources.examples()
        index = proposals.current_index()
        self._step(_("Trial on the newest of %(count)s matters") % {"count": len(own)})
        held = trial.hold(own, _learn, lambda text, model: sort(text, index, model).proposed, keeping.current())
        number = keeping.keep(train(without_rare(own), self._step), held, timezone.now())
        self.stdout.write(_trial(held))
        self.stdout.write(
            (_("Model %(number)s is in force.") if held.better else _("Model %(number)s is kept, but not in force."))
            % {"number": number}
        )

    def _list(self, **_other: Any) -> None:
        for kept in keeping.versions():
            made = f"{timezone.localtime(kept.made_at):%Y-%m-%d %H:%M}"
            self.stdout.write(
                f"{kept.number:4}  {made}  {_trial(kept.trial)}  {_('in force') if kept.in_force else ''}"
            )

    def _rollback(self, **_other: Any) -> None:
        try:
            number = keeping.roll_back()
        except keeping.NothingToRollBack as nothing:
            raise CommandError(_("No model is in force.")) from nothing
        self.stdout.write(
            _("Model %(number)s is in force.") % {"number": number}
            if number
            else _("No model is in force now; the words of the catalogue decide.")
        )

    def _step(self, words: str) -> None:
        self.stderr.write(f"{words} …")

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


def _learn(examples: Sequence[Example]) -> Model:
    return train(without_rare(examples))


def _trial(held: trial.Trial) -> str:
    return _("%(messages)s newest: words alone %(words).1f %%, in force %(old).1f %%, new %(new).1f %% right") % {
        "messages": held.messages,
        "words": 100 * held.words_alone,
        "old": 100 * held.in_force,
        "new": 100 * held.new,
    }


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
