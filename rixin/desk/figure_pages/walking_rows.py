"""Rows of walks behind a figure: whose they are, and what they say."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.walking import circles, queries
from rixin.walking.models import Reach, ReachEvent


def _visible_to(staff: Staff) -> QuerySet[Reach]:
    return queries.visible_to(staff).select_related("ring", "facility")


def _row(reach: Reach) -> Row:
    asked = urlencode({"circle": reach.ring.circle, "day": reach.from_day, "building": reach.building})
    place = gazetteer.current().places.get(reach.building)
    return Row(
        f"{reverse('desk:circle_buildings')}?{asked}",
        reach.from_day,
        place.name if place else reach.building,
        wording.area(reach.area_path),
        _told(reach),
    )


def _told(reach: Reach) -> str:
    circle = circles.known().get(reach.ring.circle)
    said = [circle.name.here() if circle else reach.ring.circle, _("dwellings: %(n)d") % {"n": reach.dwellings}]
    if reach.facility:
        said.append(
            _("%(name)s, %(metres)d m, %(minutes)d minutes on foot")
            % {"name": reach.facility.name, "metres": reach.metres, "minutes": reach.minutes}
        )
    else:
        said.append(_("no way to any") if reach.on_network else _("not on the path network"))
    return "; ".join(said)


KINDS: Mapping[str, Kind] = {"reaches": Kind(_visible_to, _row, history=ReachEvent, subject="ring")}
