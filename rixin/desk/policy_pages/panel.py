"""The part of an enterprise's page about policies: for which it qualifies, what it applied for, what it was paid."""

from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.desk.enterprise_pages.panels import Panel
from rixin.desk.policy_pages import rows
from rixin.people.staff import Staff
from rixin.policies import queries
from rixin.policies.facts import facts
from rixin.policies.rules import Answer, check
from rixin.registers.amounts import yuan
from rixin.registers.models import Enterprise

MOST = 10
_ORDER = [Answer.MET, Answer.NOT_KNOWN, Answer.NOT_MET]


def panel(staff: Staff, enterprise: Enterprise) -> Panel | None:
    """None for whoever does not read what enterprises pay."""
    if not queries.may_see(staff):
        return None
    day = timezone.localdate()
    known = facts(enterprise, day)
    checks = [check(policy, known) for policy in queries.in_force(day)]
    payments = list(queries.payments_to(staff, enterprise.pk)[:MOST])
    context = {
        "enterprise": enterprise,
        "checks": [rows.said_of(one) for one in sorted(checks, key=lambda one: _ORDER.index(one.answer))],
        "applied": rows.applied(queries.applications_of(staff, enterprise.pk)[:MOST]),
        "payments": [(one, str(one.values.get("policy") or ""), yuan(one.values.get("paid") or 0)) for one in payments],
    }
    return Panel(_("Rewards and subsidies"), "policies/panel.html", context)
