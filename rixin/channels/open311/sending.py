"""A request that arrives from another program: checked whole, then opened as a matter, once.

What is not needed is not kept: an e-mail address, a device and an account of the sender's own are read by nobody here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.html import strip_tags

from rixin.cases import actions, queries
from rixin.cases.fields import is_phone
from rixin.cases.history import ActionRefused, NewCase, Reporter
from rixin.cases.models import Case
from rixin.cases.photos import KeptPhoto
from rixin.catalogue.versions import Version
from rixin.chain import digest
from rixin.channels.areas import whole_area
from rixin.channels.asking import AskedForm
from rixin.channels.models import Open311Key
from rixin.channels.open311.errors import bad
from rixin.channels.open311.services import questions, service
from rixin.channels.words import title_of
from rixin.people.actors import resident
from rixin.places import gazetteer
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.texts import cleaned
from rixin.triage import proposals

LONGEST = 4_000
MOST_MEDIA = 9
_MOST_NAME, _MOST_ADDRESS, _MOST_ADDRESS_LINK = 60, 200, 500


@dataclass(frozen=True)
class Sent:
    """A request that can be opened. `links`: addresses of pictures elsewhere; they are never fetched by us."""

    version: Version
    text: str
    position: Position | None
    address: str
    place_code: str
    form: dict[str, Any]
    name: str
    phone: str
    links: tuple[str, ...]
    photos: tuple[KeptPhoto, ...] = ()
    said: list[tuple[str, list[str]]] = field(default_factory=list)
    """All that was sent but the key, in a fixed order: the same once more is the same request."""


def read(given: QueryDict, photos: tuple[KeptPhoto, ...] = ()) -> Sent:
    """Raises CallRefused with everything that is wrong."""
    values = {name: cleaned(given.get(name, "")).strip() for name in given}
    if not values.get("service_code"):
        raise bad(["service_code is missing"])
    version = service(values["service_code"])
    faults: list[str] = []
    text = strip_tags(values.get("description", "")).strip()
    if len(text) > LONGEST:
        faults.append(f"description has {len(text)} characters; at most {LONGEST} are taken")
    position = _position(values, faults)
    place_code, address = _address(values, faults)
    if position is None and not address and not place_code and not faults:
        faults.append("lat and long, address_string or address_id is needed")
    phone = values.get("phone", "")
    if phone and not is_phone(phone):
        faults.append("phone is no telephone number")
    form = _attributes(version, given, faults)
    links = tuple(link for link in given.getlist("media_url") if link.strip())
    faults += [f"media_url is no address of a picture: {link[:60]}" for link in links if not _is_link(link)]
    if faults:
        raise bad(faults)
    name = " ".join(filter(None, (values.get("last_name", ""), values.get("first_name", ""))))[:_MOST_NAME]
    sent = sorted((key, given.getlist(key)) for key in given if key != "api_key")
    return Sent(version, text, position, address, place_code, form, name, phone, links[:MOST_MEDIA], photos, sent)


def _position(values: Mapping[str, str], faults: list[str]) -> Position | None:
    lat, long = values.get("lat", ""), values.get("long", "")
    if not lat and not long:
        return None
    try:
        position = Position(float(lat), float(long))
    except (ValueError, ImpossiblePosition):
        faults.append("lat and long must both be degrees in WGS-84")
        return None
    if gazetteer.current().chain_at(position) is None:
        faults.append("lat and long lie outside the area that is served here")
    return position


def _address(values: Mapping[str, str], faults: list[str]) -> tuple[str, str]:
    """(code of the place, address)"""
    code, address = values.get("address_id", ""), values.get("address_string", "")[:_MOST_ADDRESS]
    if not code:
        return "", address
    place = gazetteer.current().places.get(code)
    if place is None:
        faults.append(f"address_id not found: {code[:40]}")
        return "", address
    return code, address or place.name_zh


def _is_link(link: str) -> bool:
    return link.startswith(("https://", "http://")) and len(link) <= _MOST_ADDRESS_LINK and not set(link) & set(" \n<>")


def _attributes(version: Version, given: QueryDict, faults: list[str]) -> dict[str, Any]:
    """Answers to the kind's own questions; clients write attribute[x], attribute[x][] or the same key again."""
    asks = questions(version)
    said = QueryDict(mutable=True)
    known = {asked.name for asked in asks}
    for key in given:
        if (name := _attribute_name(key)) is None:
            continue
        if name not in known:
            faults.append(f"attribute not asked for: {name[:40]}")
            continue
        said.setlist(name, [part for part in given.getlist(key) if part])
    form = AskedForm(asks, version.rules.lifecycle, said)
    if not form.is_valid():
        faults += [f"attribute[{name}]: {' '.join(map(str, wrong))}" for name, wrong in form.errors.items()]
        return {}
    return form.given


def _attribute_name(key: str) -> str | None:
    bare = key.removesuffix("[]")
    return bare[len("attribute[") : -1] if bare.startswith("attribute[") and bare.endswith("]") else None


def open_sent(sent: Sent, key: Open311Key, at: datetime) -> Case:
    """The matter; the same sent again by the same sender on the same day is the same. Raises CallRefused."""
    try:
        return actions.open_case(_new_case(sent, key, at), by=resident(), at=at).case
    except ActionRefused as refused:
        raise bad([str(refused)]) from refused


def _new_case(sent: Sent, key: Open311Key, at: datetime) -> NewCase:
    kind = sent.version.rules.type
    text = sent.text or kind.name.zh
    place = gazetteer.current().places.get(sent.place_code)
    whole = f"{place.name_zh if place else ''}{sent.address}。{text}"
    found = proposals.propose(whole, sent.position, chosen=kind.code)
    area_path = found.chain.path if found.chain else whole_area()
    position = found.position
    return NewCase(
        version=sent.version,
        channel="open311",
        text="\n".join([text, *_said_of(sent)]),
        title=title_of(text),
        reporter=Reporter(submission_key=_submission(sent, key, at), name=sent.name, phone=sent.phone),
        area_path=area_path,
        owner_unit=found.unit.id if found.unit else queries.owner_unit(kind.unit, area_path),
        form=sent.form,
        lat=position.lat if position else None,
        lng=position.lng if position else None,
        address=sent.address,
        place_code=sent.place_code or (found.place.code if found.place else ""),
        urgent=found.urgency == "urgent",
        photos=sent.photos,
    )


def _said_of(sent: Sent) -> Iterator[str]:
    yield from (f"图片：{link}" for link in sent.links)


def _submission(sent: Sent, key: Open311Key, at: datetime) -> str:
    day = timezone.localdate(at).isoformat()
    return "open311 " + digest([key.pk, day, sent.said, [photo.digest for photo in sent.photos]])


def test_id(sent: Sent, key: Open311Key, at: datetime) -> str:
    """What the test endpoint answers with: nothing was opened."""
    return "TEST-" + digest([_submission(sent, key, at)])[:10]
