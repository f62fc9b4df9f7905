"""A document as plain data, to be kept when a report is sealed, and the document again from what was kept."""

from typing import Any

from pydantic import TypeAdapter

from rixin.reports.document import Document

_DOCUMENT = TypeAdapter(Document)


def freeze(document: Document) -> dict[str, Any]:
    """Only what JSON has."""
    frozen: dict[str, Any] = _DOCUMENT.dump_python(document, mode="json")
    return frozen


def thaw(frozen: dict[str, Any]) -> Document:
    return _DOCUMENT.validate_python(frozen)
