"""The forms by which teams, volunteers and hours are written down."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.activities import queries
from rixin.activities.models import Event, Hours, Team, Volunteer
from rixin.activities.teams import TeamFacts
from rixin.activities.volunteers import Joining, NewHours
from rixin.cases.fields import is_phone
from rixin.catalogue.activity_schema import EventKind
from rixin.desk import choices, fields
from rixin.desk.hundredths import HundredthsField
from rixin.people import units
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm


def _areas(staff: Staff, kept: set[str]) -> list[tuple[str, str]]:
    offered = [one for one in choices.areas(staff) if any(one.code.startswith(area) for area in kept)]
    return [("", "—"), *((one.code, one.name) for one in offered)]


class TeamForm(RefusableForm):
    """`facts` once it is valid. Who leads it is typed anew to be changed: what is kept is not shown."""

    name = forms.CharField(label=pgettext_lazy("of a team", "Name"), max_length=80)
    level = forms.ChoiceField(label=pgettext_lazy("of a team", "Level"))
    art = forms.CharField(
        label=pgettext_lazy("of a team", "Art"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Such as choir, dance or table tennis."),
    )
    area_path = forms.ChoiceField(label=pgettext_lazy("of an event", "Area"), widget=fields.SearchedSelect())
    from_day = fields.CalendarField(label=pgettext_lazy("of a team", "Since"))
    members = forms.IntegerField(
        label=pgettext_lazy("of a team", "Members"), min_value=0, max_value=10_000, required=False
    )
    leader_name = forms.CharField(
        label=pgettext_lazy("of a team", "Leader"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Stored encrypted; opened only for a purpose, and each time is logged."),
    )
    leader_phone = forms.CharField(
        label=pgettext_lazy("of a team", "Telephone of the leader"), max_length=30, required=False
    )

    def __init__(
        self, kind: EventKind, staff: Staff, data: QueryDict | None = None, *, team: Team | None = None
    ) -> None:
        super().__init__(data, initial=_said(team) if team else {"from_day": timezone.localdate()})
        self.kind, self.team = kind, team
        self.fields["level"].choices = [(one.code, one.name.here()) for one in kind.teams]  # type: ignore[attr-defined]
        self.fields["area_path"].choices = _areas(staff, queries.kept_areas(staff, [kind]))  # type: ignore[attr-defined]
        if team is not None:
            del self.fields["members"]
            if team.leader_name or team.leader_phone:
                kept = _("Empty: what is kept stays.")
                self.fields["leader_name"].help_text = self.fields["leader_phone"].help_text = kept

    @property
    def facts(self) -> TeamFacts:
        said = self.cleaned_data
        name, phone = said["leader_name"].strip() or None, said["leader_phone"].strip() or None
        if self.team is not None:
            name, phone = name or self.team.leader_name, phone or self.team.leader_phone
        return TeamFacts(
            name=said["name"].strip(),
            kind=self.kind.code,
            level=said["level"],
            art=said["art"].strip(),
            area_path=said["area_path"],
            place_code=self.team.place_code if self.team else "",
            leader_name=name,
            leader_phone=phone,
            from_day=said["from_day"],
        )


def _said(team: Team) -> dict[str, Any]:
    return {name: getattr(team, name) for name in ("name", "level", "art", "area_path", "from_day")}


class CountForm(RefusableForm):
    members = forms.IntegerField(label=pgettext_lazy("of a team", "Members"), min_value=0, max_value=10_000)
    day = fields.CalendarField(label=gettext_lazy("Counted on"))


class EndForm(RefusableForm):
    day = fields.CalendarField(label=gettext_lazy("First day on which it is no more"))


class JoiningForm(RefusableForm):
    """Somebody who agreed to be a volunteer."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30)
    area_path = forms.ChoiceField(label=pgettext_lazy("of an event", "Area"))
    agreed = forms.BooleanField(
        label=gettext_lazy("The person agrees that name and telephone are kept for this"),
        error_messages={"required": gettext_lazy("Without this nobody is written down.")},
    )

    def __init__(self, staff: Staff, data: QueryDict | None = None) -> None:
        super().__init__(data)
        kept = queries.kept_areas(staff, queries.kinds_with_hours())
        self.fields["area_path"].choices = _areas(staff, kept)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if not is_phone(phone):
            raise ValidationError(_("This is not a telephone number."))
        return phone

    def joining(self, once: str) -> Joining:
        said = self.cleaned_data
        return Joining(name=said["name"], phone=said["phone"], area_path=said["area_path"], once=once)


class ReasonForm(RefusableForm):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)


class HoursForm(RefusableForm):
    """Of one volunteer, where one is given; else of a group."""

    group = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=80,
        help_text=gettext_lazy("Enterprise, university or charity. Its people are counted without names."),
    )
    origin = forms.ChoiceField(label=gettext_lazy("Where they come from"), choices=Hours.Origin)
    people = forms.IntegerField(label=gettext_lazy("How many helped"), min_value=1, max_value=10_000)
    newcomers = forms.IntegerField(
        label=gettext_lazy("Of them for the first time"), min_value=0, max_value=10_000, required=False
    )
    day = fields.CalendarField(label=pgettext_lazy("of an event", "Day"))
    hours = HundredthsField(
        label=pgettext_lazy("of a volunteer", "Hours"),
        max_length=10,
        help_text=gettext_lazy("Of all together. 2.5 are two and a half."),
    )
    area_path = forms.ChoiceField(label=pgettext_lazy("of an event", "Area"))
    what = forms.CharField(label=gettext_lazy("What they did"), max_length=120, required=False)

    def __init__(
        self,
        staff: Staff,
        data: QueryDict | None = None,
        *,
        volunteer: Volunteer | None = None,
        event: Event | None = None,
    ) -> None:
        known: dict[str, Any] = {"day": timezone.localdate(), "area_path": volunteer.area_path if volunteer else ""}
        if event is not None:
            known = {"day": event.day, "area_path": event.area_path, "what": event.title}
        super().__init__(data, initial=known)
        self.volunteer, self.event = volunteer, event
        kept = queries.kept_areas(staff, queries.kinds_with_hours())
        self.fields["area_path"].choices = _areas(staff, kept)  # type: ignore[attr-defined]
        if volunteer is not None:
            for name in ("group", "origin", "people", "newcomers"):
                del self.fields[name]
            self.fields["hours"].help_text = _("2.5 are two and a half.")

    @property
    def written(self) -> NewHours:
        said = self.cleaned_data
        unit = self.event.unit_id if self.event else units.by_code(queries.kinds_with_hours()[0].unit).id
        return NewHours(
            day=said["day"],
            hours=said["hours"],
            area_path=said["area_path"],
            unit_id=unit,
            volunteer_id=self.volunteer.pk if self.volunteer else None,
            group=said.get("group", "").strip(),
            origin=Hours.Origin(said.get("origin", Hours.Origin.RESIDENTS)),
            people=said.get("people", 1),
            newcomers=said.get("newcomers") or 0,
            event_id=self.event.pk if self.event else None,
            what=said["what"].strip(),
        )
