"""Discovery, the list of services and the definition of one: the kinds of matter as GeoReport v2 names them.

Kinds that show something of a person (petitions, labour complaints, disputes …) are closed off and not offered here.
"""

from typing import Any

from django.conf import settings

from rixin.catalogue import versions
from rixin.catalogue.schema import AskedField
from rixin.catalogue.versions import Version
from rixin.channels.open311.errors import unknown

CHANGESET = "2026-11-01T00:00:00+08:00"
"""When the interface changed last."""
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_FORMATS = ["text/xml", "application/json"]
_DATATYPES = {
    "text": "string",
    "phone": "string",
    "long_text": "text",
    "number": "number",
    "money": "number",
    "date": "datetime",
    "yes_no": "singlevaluelist",
    "choice": "singlevaluelist",
}
"""For each kind of question that can be asked here: its datatype. Others are asked on our own pages only."""


def discovery(address: str) -> dict[str, Any]:
    """`address`: of the interface, without a stroke at its end."""
    ends = (("production", f"{address}/v2"), ("test", f"{address}/test/v2"))
    return {
        "changeset": CHANGESET,
        "contact": settings.OPEN311_CONTACT,
        "key_service": settings.OPEN311_CONTACT,
        "endpoints": [
            {"specification": SPECIFICATION, "url": url, "changeset": CHANGESET, "type": kind, "formats": _FORMATS}
            for kind, url in ends
        ],
    }


def offered() -> dict[str, Version]:
    """By service code, in the order of the classification."""
    return {one.rules.type.code: one for one in versions.current_types() if _is_offered(one)}


def _is_offered(version: Version) -> bool:
    kind = version.rules.type
    return kind.self_sent and kind.public and not kind.confidential and "open311" in kind.channels


def service(code: str) -> Version:
    """Raises CallRefused."""
    found = offered().get(code)
    if found is None:
        raise unknown(f"service_code not found: {code[:64]}")
    return found


def service_list() -> list[dict[str, Any]]:
    return [_listed(version) for version in offered().values()]


def _listed(version: Version) -> dict[str, Any]:
    kind, group = version.rules.type, version.rules.matter_class
    return {
        "service_code": kind.code,
        "service_name": kind.name.here(),
        "description": kind.plain.here(),
        "metadata": bool(questions(version)),
        "type": "realtime",
        "keywords": ",".join(kind.words.strong[:12]),
        "group": group.name.here(),
    }


def questions(version: Version) -> list[AskedField]:
    return [asked for asked in version.rules.type.form if asked.kind in _DATATYPES]


def definition(code: str) -> dict[str, Any]:
    """Raises CallRefused."""
    asked = questions(service(code))
    return {
        "service_code": code,
        "attributes": [_attribute(field, order) for order, field in enumerate(asked, start=1)],
    }


def _attribute(asked: AskedField, order: int) -> dict[str, Any]:
    return {
        "variable": True,
        "code": asked.name,
        "datatype": _DATATYPES[asked.kind],
        "required": asked.required,
        "datatype_description": asked.help.here() if asked.help else "",
        "order": order,
        "description": asked.label.here(),
        "values": [{"key": key, "name": name} for key, name in _values(asked)],
    }


def _values(asked: AskedField) -> list[tuple[str, str]]:
    if asked.kind == "yes_no":
        return [("yes", "是 Yes"), ("no", "否 No")]
    return [(option.code, option.name.here()) for option in asked.options]
