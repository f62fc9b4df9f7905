"""What was answered lately, so that a text can be looked at while it is written without asking for everything anew.

Each process keeps a few periods and places. The page of a draft takes what is kept as long as no fact came in since;
the live preview takes it for LASTS, and says as of when its figures are. A writer wants one figure after the other, so
the editor asks for all of them at once, in one pass over each source.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock, RLock

from rixin.catalogue import versions
from rixin.catalogue.report_text import parse
from rixin.metrics.only import ALL
from rixin.reports import problems, stamps
from rixin.reports.answers import Answers, Frame, Kept
from rixin.reports.document import Document, put_together
from rixin.reports.problems import Problem
from rixin.reports.stamps import Stamp
from rixin.reports.words import spoken

LASTS = timedelta(minutes=10)
_MOST = 16
_MOST_PROPOSED = 12


@dataclass(frozen=True)
class _Answered:
    """`lock`: what the parts of one editor ask for at the same moment is computed once, the others wait for it."""

    as_of: datetime
    stamp: Stamp
    kept: Kept = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)


_known: OrderedDict[tuple[str, ...], _Answered] = OrderedDict()
_lock = Lock()


def read(title: str, body: str, frame: Frame, language: str) -> Document:
    """The document of a text with its figures as they are now. What is wrong in the text stands marked in it."""
    answered = _answered(frame, language, newest=True)
    with answered.lock, spoken(language):
        return put_together(title, parse(body), _as_of(frame, answered), kept=answered.kept, lenient=True)


def preview(title: str, body: str, frame: Frame, language: str) -> Document:
    """The same while it is written, with figures that may be some minutes old."""
    answered = _answered(frame, language, newest=False)
    with answered.lock, spoken(language):
        _all_figures(frame, answered)
        return put_together(title, parse(body), _as_of(frame, answered), kept=answered.kept, lenient=True)


def figures(frame: Frame, language: str) -> Answers:
    """Answers that know every figure."""
    answered = _answered(frame, language, newest=False)
    with answered.lock:
        return _all_figures(frame, answered)


def proposals(frame: Frame, language: str) -> tuple[list[Problem], Document]:
    """What the rules propose, and a document that has each of them as one block."""
    answered = _answered(frame, language, newest=False)
    with answered.lock, spoken(language):
        found = problems.proposed(_all_figures(frame, answered), _MOST_PROPOSED)
        text = "\n\n".join(problem.text for problem in found)
        return found, put_together("", parse(text), _as_of(frame, answered), kept=answered.kept, lenient=True)


def forget() -> None:
    """Between tests."""
    with _lock:
        _known.clear()


def _all_figures(frame: Frame, answered: _Answered) -> Answers:
    answers = Answers(_as_of(frame, answered), answered.kept)
    periods = (frame.period, frame.period.year_before())
    answers.figures((code, period, ALL) for code in versions.work().metrics for period in periods)
    return answers


def _as_of(frame: Frame, answered: _Answered) -> Frame:
    return replace(frame, as_of=answered.as_of)


def _answered(frame: Frame, language: str, *, newest: bool) -> _Answered:
    key = (str(frame.period), frame.area, frame.unit, language)
    with _lock:
        found = _known.get(key)
    lasting = found is not None and timedelta(0) <= frame.as_of - found.as_of < LASTS
    if found is not None and lasting and not newest:
        return found
    stamp = stamps.of_facts()
    with _lock:
        found = _known.get(key)
        if found is None or not lasting or found.stamp != stamp:
            found = _known[key] = _Answered(frame.as_of, stamp)
        _known.move_to_end(key)
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return found
