"""One answer in two formats. JSON follows from XML by the Spark convention: the wrapper of a list is left out."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from xml.etree import ElementTree

Format = Literal["json", "xml"]
ITEM = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What one element of each list is called in XML."""
TYPES: dict[Format, str] = {"json": "application/json", "xml": "text/xml"}
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def written(root: str, said: Any, format: Format) -> bytes:
    """`said`: a list (of `root`) or a mapping, of plain values; None is an empty element, and null."""
    if format == "json":
        return json.dumps(said, ensure_ascii=False).encode()
    element = _element(root, said)
    ElementTree.indent(element)
    body: bytes = ElementTree.tostring(element, encoding="utf-8")
    return body if body.startswith(b"<?xml") else b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _element(name: str, said: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(said, Mapping):
        element.extend(_element(key, value) for key, value in said.items())
    elif isinstance(said, Sequence) and not isinstance(said, str):
        element.extend(_element(ITEM[name], one) for one in said)
    elif said is not None:
        element.text = _NOT_IN_XML.sub("", _text(said))
    return element


def _text(said: object) -> str:
    return ("true" if said else "false") if isinstance(said, bool) else str(said)
