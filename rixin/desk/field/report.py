"""A report made on the spot: words, photos and a place; the kind may be left to triage; settled at once if it was."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.cases import queries
from rixin.cases.facts import Given, Refusal
from rixin.cases.history import NewCase, Reporter
from rixin.cases.photos import KeptPhoto
from rixin.catalogue import versions
from rixin.catalogue.schema import Action, AskedField
from rixin.desk import attached, choices, fields
from rixin.desk.actionforms import MOST_PHOTOS, Part, field_for, given_of
from rixin.desk.newcase import LONGEST_TEXT, title_of
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.places.coordinates import Position
from rixin.privacy.photos import ImageRefused
from rixin.triage import proposals
from rixin.triage.rules import OTHER

SETTLE = "settle"
_SETTLED = "settled"


class SpotReportForm(forms.Form):
    """`new_case`, and `settled` with `settled_photos`, once it is valid."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("What is the matter?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "data-outbox-title": ""}),
    )
    urgent = forms.BooleanField(label=gettext_lazy("Urgent: somebody may be in danger"), required=False)
    settled = forms.BooleanField(label=gettext_lazy("I have dealt with it myself"), required=False)

    def __init__(
        self,
        staff: Staff,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        begun: QueryDict | None = None,
    ) -> None:
        """`begun`: kind, area and address that another page starts the report with."""
        super().__init__(data, files, auto_id="spot_%s", initial={"place": own_area(staff), **_begun(begun)})
        self.staff = staff
        self.fields["photos"] = fields.PhotosField(most=MOST_PHOTOS, label=_("Photos"), required=False)
        self.fields["place"] = fields.PlaceField(choices.areas(staff), label=_("Where"))
        self.fields["type"] = fields.TypeField(
            label=_("Kind of matter"), required=False, help_text=_("Left open, it is sorted by the words.")
        )
        # What settling asks for stands in the lifecycle of the kind “other”, which any report can fall back on.
        self.settling: Action | None = versions.current(OTHER).rules.lifecycle.actions.get(SETTLE)
        for asked in self._settling_asks():
            self.fields[_in_form(asked.name)] = field_for(asked, versions.current(OTHER).rules.lifecycle, staff)
            self.fields[_in_form(asked.name)].required = False
        self.kept: dict[str, list[KeptPhoto]] = {
            name: attached.remembered(data, name, staff.account.pk, KeptPhoto) for name in self._photo_fields()
        }

    def _photo_fields(self) -> list[str]:
        return [name for name, one in self.fields.items() if isinstance(one, fields.PhotosField)]

    def _settling_asks(self) -> list[AskedField]:
        """Files are for the desk: a phone on the spot takes photos."""
        return [asked for asked in self.settling.asks if asked.kind != "files"] if self.settling else []

    @property
    def may_settle(self) -> bool:
        return self.settling is not None and bool(self.staff.roles & {Role(role) for role in self.settling.roles})

    def settle_parts(self) -> list[Part]:
        return [self._part(_in_form(asked.name)) for asked in self._settling_asks()]

    def photo_part(self) -> Part:
        return self._part("photos")

    def _part(self, name: str) -> Part:
        notes = [(attached.note(photo, self.staff.account.pk), photo) for photo in self.kept.get(name, [])]
        return Part(self[name], [], [], notes)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in self._photo_fields():
            self._keep(name)
        if said.get("text") and said.get("place"):
            place = said["place"]
            self.found = proposals.propose(
                f"{place['address']}。{said['text']}", _position(place), chosen=said.get("type") or None
            )
            if said.get(_SETTLED):
                self._check_settling(place["area_path"])
        return said

    def _keep(self, name: str) -> None:
        try:
            new = attached.keep_photos(self.cleaned_data.get(name) or [])
        except ImageRefused as refused:
            self.add_error(name, refused.message)
            return
        known = {photo.digest: photo for photo in [*self.kept.get(name, []), *new]}
        self.kept[name] = list(known.values())

    def _check_settling(self, area_path: str) -> None:
        action = self.found.version.rules.lifecycle.actions.get(SETTLE)
        if action is None or not self.staff.roles & {Role(role) for role in action.roles}:
            kind = {"kind": self.found.version.rules.type.name.here()}
            self.add_error(
                _SETTLED, _("“%(kind)s” cannot be settled on the spot by you. Please report it only.") % kind
            )
        elif not self.staff.scope.covers_area(area_path):
            self.add_error(_SETTLED, _("This lies outside your area: please report it without settling it."))

    def new_case(self, submission_key: str) -> NewCase:
        said, place = self.cleaned_data, self.cleaned_data["place"]
        rules = self.found.version.rules
        return NewCase(
            version=self.found.version,
            channel="grid",
            text=said["text"],
            title=title_of(said["text"]),
            reporter=Reporter(submission_key=submission_key),
            area_path=place["area_path"],
            owner_unit=queries.owner_unit(rules.type.unit, place["area_path"]),
            form={},
            lat=place["lat"],
            lng=place["lng"],
            address=place["address"],
            place_code=place["place_code"],
            urgent=said["urgent"] or self.found.urgency == "urgent",
            photos=tuple(self.kept["photos"]),
            proposed=self.found.proposed,
        )

    @property
    def settlement(self) -> Given | None:
        """What was filled in with the settling; None if the matter is only reported."""
        if not self.cleaned_data[_SETTLED]:
            return None
        asks = self.found.version.rules.lifecycle.actions[SETTLE].asks
        return given_of(asks, {asked.name: self.cleaned_data.get(_in_form(asked.name)) for asked in asks})

    @property
    def settlement_photos(self) -> dict[str, list[KeptPhoto]]:
        asks = self.found.version.rules.lifecycle.actions[SETTLE].asks
        named = {asked.name: self.kept.get(_in_form(asked.name), []) for asked in asks if asked.kind == "photos"}
        return {name: kept for name, kept in named.items() if kept}

    def refuse(self, refused: Refusal) -> None:
        for name, message in refused.fields.items():
            self.add_error(_in_form(name) if _in_form(name) in self.fields else None, str(message))
        if not refused.fields:
            self.add_error(None, str(refused.message))


def own_area(staff: Staff) -> dict[str, str]:
    """The area of the person's own post, for a report without a pin or a known address."""
    areas = [clause.area for clause in staff.scope.clauses if clause.role == Role.GRID_WORKER]
    return {"area": areas[0]} if len(areas) == 1 else {}


def _begun(said: QueryDict | None) -> dict[str, Any]:
    if not said or not said.get("type"):
        return {}
    place = {"area": said.get("area", "")[:120], "address": said.get("address", "")[:120]}
    return {"type": said["type"], "place": place}


def _in_form(asked: str) -> str:
    return f"settle-{asked}"


def _position(place: dict[str, Any]) -> Position | None:
    return None if place["lat"] is None else Position(place["lat"], place["lng"])
