"""What an enterprise's page shows of its chain and of the leads that it brings."""

from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.desk.enterprise_pages.panels import Panel
from rixin.desk.lead_pages import rows
from rixin.desk.lead_pages.chains import chain_rows
from rixin.investment import chain, queries
from rixin.people.staff import Staff
from rixin.registers.models import Enterprise


def panel(staff: Staff, enterprise: Enterprise) -> Panel | None:
    """None for who sees no leads."""
    if not queries.sees_links(staff):
        return None
    today, known = timezone.localdate(), versions.work().pipelines
    steps = chain.around(enterprise, queries.links_visible_to(staff), today)
    brought = queries.visible_to(staff).filter(parent=enterprise).select_related("owner", "parent")
    opens = [one for one in queries.pipelines_for(staff) if queries.may_open(staff, one)]
    context = {
        "chain": [row for row in chain_rows(steps) if row.step.far == 1],
        "further": sum(step.far > 1 for some in steps.values() for step in some),
        "brought": [rows.line(lead, known[lead.pipeline], today) for lead in brought],
        "came_from": queries.visible_to(staff).filter(enterprise=enterprise).first(),
        "may_link": queries.may_link(staff, enterprise),
        "opens": opens[0].code if opens else "",
    }
    return Panel(_("Industry chain and leads"), "leads/panel.html", context)
