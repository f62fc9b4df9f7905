"""What other chapters show on an enterprise's page: its visits, what it may apply for, whom it supplies."""

from collections.abc import Callable

from rixin.desk.enterprise_pages.panels import Panel
from rixin.desk.lead_pages.panel import panel as of_leads
from rixin.desk.policy_pages.panel import panel as of_policies
from rixin.desk.visit_pages.panel import panel as of_visits
from rixin.people.staff import Staff
from rixin.registers.models import Enterprise

PANELS: tuple[Callable[[Staff, Enterprise], Panel | None], ...] = (of_visits, of_policies, of_leads)
"""In the order in which they stand. None: there is nothing to show to this person."""


def panels(staff: Staff, enterprise: Enterprise) -> list[Panel]:
    return [panel for show in PANELS if (panel := show(staff, enterprise)) is not None]
