"""The page of one matter on the phone: what stands in it, and every form of what the person may do now."""

from dataclasses import dataclass
from datetime import datetime

from rixin.cases.models import Case
from rixin.desk.actionforms import ActionForm
from rixin.desk.casepage import CasePage, case_page
from rixin.people.staff import Staff


@dataclass(frozen=True)
class TaskPage:
    """All forms stand in the one page, so that a page kept on the phone can be worked on without a network."""

    page: CasePage
    forms: list[ActionForm]
    first: str
    """Code of the action whose form stands open."""


def task_page(case: Case, staff: Staff, at: datetime) -> TaskPage:
    page = case_page(case, staff, at)
    forms = [
        ActionForm(case, link.code, page.rules, staff, at, similar=page.similar, auto_id=form_ids(link.code))
        for link in page.actions
    ]
    first = next((link.code for link in page.actions if link.tone == "main"), "")
    return TaskPage(page, forms, first)


def form_ids(code: str) -> str:
    """Ids of the fields of an action's form, apart from those of the others on the page."""
    return f"do-{code}-%s"
