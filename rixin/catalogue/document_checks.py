"""What must hold of a document beyond its shape, so that none goes out with a blank in it.

As in `checks`: each check yields (place in the file, reason), and the loader adds file and line.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.document_schema import DocumentTemplate
from rixin.catalogue.document_text import DONE_ON, FACTS, Mark, marks
from rixin.catalogue.schema import AskedField, Lifecycle, MatterType

_ASKED = frozenset({"text", "long_text", "number", "money", "date", "yes_no", "choice"})
"""Kinds of fields that are filled in on the way to paper."""
_ON_PAPER = _ASKED | {"reason", "unit", "units", "staff"}


def document_faults(
    document: DocumentTemplate, lifecycles: Mapping[str, Lifecycle], types: Mapping[str, MatterType]
) -> Found:
    for nth, code in enumerate(document.lifecycles):
        if code not in lifecycles:
            yield ("lifecycles", nth), _("there is no lifecycle “{code}”").format(code=code)
    for nth, code in enumerate(document.types):
        if code not in types:
            yield ("types", nth), _("there is no matter type “{code}”").format(code=code)
        elif types[code].lifecycle not in document.lifecycles:
            yield ("types", nth), _("“{code}” does not follow any of the lifecycles named").format(code=code)
    followed = [lifecycles[code] for code in document.lifecycles if code in lifecycles]
    for nth, code in enumerate(document.after):
        if not any(code in lifecycle.actions for lifecycle in followed):
            yield ("after", nth), _("there is no action “{code}”").format(code=code)
    yield from _field_faults(document)
    yield from _mark_faults(document, followed, types)


def _field_faults(document: DocumentTemplate) -> Found:
    for nth, asked in enumerate(document.asks):
        if asked.kind not in _ASKED:
            yield ("asks", nth, "kind"), _("a document cannot ask for a field of kind “{kind}”").format(kind=asked.kind)
        if asked.name == "to":
            yield ("asks", nth, "name"), _("“{code}” has a meaning of its own: choose another code").format(code="to")


def _mark_faults(document: DocumentTemplate, followed: Sequence[Lifecycle], types: Mapping[str, MatterType]) -> Found:
    meant = [
        kind for kind in types.values()
        if kind.lifecycle in document.lifecycles and (not document.types or kind.code in document.types)
    ]  # fmt: skip
    for line in document.body.splitlines():
        for written, mark in marks(line):
            if mark is None:
                yield ("body",), _("“{mark}” is no mark").format(mark=written)
            else:
                for reason in _faults_of(mark, document, followed, meant):
                    yield ("body",), f"{written}: {reason}"


def _faults_of(
    mark: Mark, document: DocumentTemplate, followed: Sequence[Lifecycle], meant: Sequence[MatterType]
) -> Iterator[str]:
    if not mark.of:
        if mark.name not in FACTS:
            yield _("no document knows this; there are: {names}").format(names=", ".join(sorted(FACTS)))
    elif mark.of == "own":
        yield from _in([document.asks], mark)
    elif mark.of == "form":
        yield from _in([kind.form for kind in meant], mark)
    elif mark.of == "due":
        if not all(mark.name in lifecycle.clocks for lifecycle in followed):
            yield _("there is no clock “{code}”").format(code=mark.name)
    else:
        steps = [lifecycle.actions[mark.of] for lifecycle in followed if mark.of in lifecycle.actions]
        if len(steps) < len(followed):
            yield _("there is no action “{code}”").format(code=mark.of)
        elif mark.name != DONE_ON:
            yield from _in([step.asks for step in steps], mark)


def _in(forms: Sequence[Sequence[AskedField]], mark: Mark) -> Iterator[str]:
    """Whether every one of these forms has the field, of a kind that can stand on paper."""
    for asks in forms:
        kinds = {asked.name: asked.kind for asked in asks}
        if mark.name not in kinds:
            yield _("there is no field “{name}”").format(name=mark.name)
            return
        if kinds[mark.name] not in _ON_PAPER:
            yield _("what is filled in there cannot stand on paper")
            return
