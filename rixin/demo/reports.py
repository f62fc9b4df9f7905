"""Reports of the demonstration: one sealed, one in review, one being written; each through the real actions."""

from datetime import datetime

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.reports import actions, problems
from rixin.reports.answers import Answers
from rixin.reports.models import Report
from rixin.reports.problems import Rule
from rixin.reports.words import spoken

_STREET, _COMMUNITY = "330106013/", "330106013/001/"
_AUTOMATIC = "[problems: {most}]"
_OWN_WORDS: dict[Rule, str] = {
    "late": "主要是承办单位之间衔接不畅，须逐件倒查超期原因，把时限压实到岗到人。",
    "late_steps": "对滞后节点要逐个明确责任人和新的完成时限，按周通报。",
    "topic": "群众集中反映的，要由街道领导牵头会商，一次答复、逐户告知，防止重复上访。",
    "repeated": "反复发生说明治标多、治本少，要把设施更新和日常巡查一并纳入下一步计划。",
    "worse_kind": "对此要提前摸排、错峰部署力量，把问题解决在居民反映之前。",
    "worse_figure": "要对照原因逐项补短板，每季度通报一次进展。",
}
"""What a person adds to what the rules propose."""


def write(at: datetime) -> int:
    """Answers how many were made."""
    dispatcher, leader, officer, handler = (
        Staff.at(Account.objects.get(username=name), at)
        for name in ("dispatcher1", "leader1", "community-001-1", "city-management1")
    )
    yearly = _begun("work-report", "2022", dispatcher, at)
    _submitted(yearly, 8, "请审定年度总结", dispatcher, at)
    actions.seal(yearly, seen=yearly.version, by=leader, at=at)
    monthly = _begun("monthly-report", "2022-11", officer, at, area=_COMMUNITY)
    _submitted(monthly, 5, "社区十一月月报，请审", officer, at)
    _begun("quarterly-report", "2022-Q4", handler, at, unit="city-management")
    return Report.objects.count()


def _begun(template: str, period: str, by: Staff, at: datetime, *, area: str = _STREET, unit: str = "") -> Report:
    kind = versions.work().reports[template]
    return actions.begin(kind, Period.read(period), area=area, unit=unit, language="zh", by=by, at=at)


def _submitted(report: Report, most: int, note: str, by: Staff, at: datetime) -> None:
    """The problems put into words by a person, then submitted."""
    with spoken(report.language):
        found = problems.proposed(Answers(actions.frame_of(report, at)), most)
    lines = "\n".join(f"- {problem.text}{_OWN_WORDS[problem.rule]}" for problem in found)
    body = report.newest.body.replace(_AUTOMATIC.format(most=most), lines)
    saved = actions.save(report, title=report.title, body=body, note="写明存在的问题", seen=1, by=by, at=at)
    actions.submit(saved, note=note, seen=saved.version, by=by, at=at)
    report.refresh_from_db()
