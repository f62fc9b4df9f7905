"""Pictures of every page, made anew: `make screenshots`.

Starts the product on a demonstration of its own (kept in DATA_DIR: the second run is quick), opens each page below
as the person whose page it is, in Chinese and English, on a desk's screen and a phone's, and writes
docs/screenshots/<page>-<language>-<desktop|phone>.webp and a page that shows them all.
"""

import argparse
import base64
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screenshots"
RIXIN = [sys.executable, "-m", "rixin"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
LANGUAGES = ("zh-hans", "en")
NOBODY = ""
QUALITY = 55
TALLEST = {"desktop": 1600, "phone": 2400}
"""Of the WebP files: they live in the repository. A longer page is cut there (CSS pixels)."""


@dataclass(frozen=True)
class Shot:
    """A page to picture. `follow` are CSS selectors of links: from `path` on, the first one of each is opened."""

    name: str
    path: str
    who: str = NOBODY
    follow: tuple[str, ...] = ()


SHOTS = [
    Shot("home", "/"),
    Shot("report", "/c/{code}"),
    Shot("choose-place", "/report"),
    Shot("near", "/near"),
    Shot("track", "/t"),
    Shot("receipt", "/t/{receipt}"),
    Shot("your-data", "/your-data"),
    Shot("my-service", "/my-service"),
    Shot("my-service-ask", "/my-service/join/elder_care"),
    Shot("homes", "/desk/homes", "public-services1"),
    Shot("homes-of-building", "/desk/homes/building-dejia-east-3", "public-services1"),
    Shot("count-heads", "/desk/homes/building-dejia-east-3/count", "public-services1"),
    Shot("rolls", "/desk/rolls", "public-services1"),
    Shot("roll", "/desk/rolls/elder_care", "public-services1"),
    Shot("roll-entry", "/desk/rolls/elder_care", "public-services1", ("td.subject a",)),
    Shot("my-visits", "/desk/field/services", "grid-001-1"),
    Shot("sign-in", "/staff/sign-in"),
    Shot("demo-accounts", "/staff/demo"),
    Shot("proposals", "/proposals"),
    Shot("vote-result", "/proposals?round=2023"),
    Shot("raise-proposal", "/proposals/new"),
    Shot("public-projects", "/projects"),
    Shot("desk-proposals", "/desk/proposals", "public-services1"),
    Shot("desk-proposal", "/desk/proposals", "public-services1", ("td.subject a",)),
    Shot("choice", "/desk/choices/1", "public-services1"),
    Shot("short-list", "/desk/choices/1/compare", "public-services1"),
    Shot("inbox", "/desk/inbox", "dispatcher1"),
    Shot("case", "/desk/inbox", "dispatcher1", ("td.subject a",)),
    Shot("slip", "/desk/case/{taken}/slip", "dispatcher1"),
    Shot("new-case", "/desk/new", "dispatcher1"),
    Shot("search", "/desk/search?q=路灯", "dispatcher1"),
    Shot("map", "/desk/map", "dispatcher1"),
    Shot("notices", "/desk/notices", "dispatcher1"),
    Shot("handler-inbox", "/desk/inbox", "sanitation1"),
    Shot("handler-case", "/desk/inbox", "sanitation1", ("td.subject a",)),
    Shot("field-tasks", "/desk/field/", "grid-001-1"),
    Shot("field-area", "/desk/field/?list=area", "grid-001-1"),
    Shot("field-area-task", "/desk/field/?list=area", "grid-001-1", ("a.task",)),
    Shot("field-report", "/desk/field/report", "grid-001-1"),
    Shot("field-map", "/desk/field/map", "grid-001-1"),
    Shot("verifier-inbox", "/desk/inbox", "verifier1"),
    Shot("leader-inbox", "/desk/inbox", "leader1"),
    Shot("clocks", "/desk/clocks", "petition-office1"),
    Shot("clock-calendar", "/desk/clocks/calendar?statutory=0", "leader1"),
    Shot("missed-dates", "/desk/clocks/missed", "leader1"),
    Shot(
        "new-document",
        "/desk/clocks",
        "petition-office1",
        ("tbody tr:nth-child(2) a[href*='/desk/case/']", "a[href*='/documents/new/']"),
    ),
    Shot("goals", "/desk/goals?year=2023", "leader1"),
    Shot("goal", "/desk/goals/g2023_renewals_started", "leader1"),
    Shot("goal-review", "/desk/goals/g2023_digital/review", "economy-office1"),
    Shot("goals-meeting", "/desk/goals/meeting?year=2023", "leader1"),
    Shot("daily-returns", "/records/daily", "leader1"),
    Shot("return-gaps", "/records/gaps", "leader1"),
    Shot("lists", "/desk/lists", "leader1"),
    Shot("list", "/desk/lists/major_hazards", "leader1"),
    Shot("topics", "/desk/topics", "leader1"),
    Shot("all-topics", "/desk/topics?tab=all", "leader1"),
    Shot("topic", "/desk/topics?tab=all", "leader1", ("table.topics a",)),
    Shot("rooms", "/desk/rooms?day={tomorrow}", "mediation-centre1"),
    Shot("book-room", "/desk/rooms?day={tomorrow}", "mediation-centre1", ("td a.number", "a[href$='/rooms']")),
    Shot("record-follows", "/records/of/labour_complaint", "labour-desk1", ("table.list tbody a",)),
    Shot("field-work", "/desk/field/work", "grid-001-1"),
    Shot("checklist", "/desk/field/work/safety_inspection/check/shops", "grid-001-1"),
    Shot("records", "/records/", "dispatcher1"),
    Shot("record-kind", "/records/", "leader1", ("table.record-kinds a",)),
    Shot("figures", "/figures/?period=2022", "leader1"),
    Shot("figure", "/figures/satisfaction_rate?period=2022", "leader1"),
    Shot("explore", "/figures/on_time_rate/explore?period=2022-Q4&by=area&compare=before", "leader1"),
    Shot("reports", "/reports/", "leader1"),
    Shot("report-page", "/reports/", "leader1", ("table.list a[href^='/reports/']",)),
    Shot("forms", "/forms/", "dispatcher1"),
    Shot("form", "/forms/of/safety-quarterly?period=2022-Q4", "dispatcher1"),
    Shot("form-differs", "/forms/of/economy-monthly?period=2022-12", "dispatcher1"),
    Shot("form-cell", "/forms/of/economy-monthly?period=2022-12", "dispatcher1", ("td.revised a",)),
    Shot("submission", "/forms/of/economy-monthly?period=2022-12", "dispatcher1", (".timeline a",)),
    Shot("definitions", "/catalogue/", "dispatcher1"),
    Shot("matter-type", "/catalogue/types/street_lamp/", "dispatcher1"),
    Shot("lifecycle", "/catalogue/lifecycles/standard/", "dispatcher1"),
    Shot("places", "/places/", "dispatcher1"),
    Shot("area", "/places/", "dispatcher1", (".area-tree details a",)),
    Shot("import-places", "/places/import", "admin1"),
    Shot("codes", "/codes", "admin1"),
    Shot("new-code", "/codes/new", "admin1"),
    Shot("enterprises", "/desk/enterprises", "economy-office1"),
    Shot("enterprise", "/desk/enterprises?q=鹿鸣智能", "economy-office1", ("td.subject a",)),
    Shot("new-enterprise", "/desk/enterprises/new", "economy-office1"),
    Shot("enterprise-imports", "/desk/enterprises/imports", "economy-office1"),
    Shot("buildings", "/desk/buildings", "economy-office1"),
    Shot("building", "/desk/buildings/yunlian/", "economy-office1"),
    Shot("rebuild", "/desk/buildings/airport_line/rebuild", "economy-office1"),
    Shot("visits", "/desk/visits", "economy-office1"),
    Shot("warnings", "/desk/warnings", "economy-office1"),
    Shot("leads", "/desk/leads", "economy-office1"),
    Shot("lead", "/desk/leads", "economy-office1", ("a.lead-card",)),
    Shot("policies", "/desk/policies", "economy-office1"),
    Shot("policy", "/desk/policies", "economy-office1", ("table a",)),
    Shot("circle", "/desk/circle?circle=health&point=quarter-dejia-west&best=1", "leader1"),
    Shot("circle-buildings", "/desk/circle/buildings?circle=health", "leader1"),
    Shot("events", "/desk/events", "public-services1"),
    Shot("event-month", "/desk/events/calendar?month=2022-07", "public-services1"),
    Shot("job-fair", "/desk/events?kind=job_fair&state=held", "public-services1", ("td.subject a",)),
    Shot(
        "sign-ups",
        "/desk/events?kind=cultural_event&state=planned",
        "public-services1",
        ("td.subject a", "aside a[href$=roll]"),
    ),
    Shot("teams", "/desk/teams", "public-services1"),
    Shot("volunteers", "/desk/volunteers", "public-services1"),
    Shot("resident-events", "/events"),
    Shot("resident-event", "/events", follow=("a.event-card",)),
    Shot("become-volunteer", "/volunteer"),
    Shot("facilities", "/desk/facilities", "leader1"),
    Shot("facility", "/desk/facilities?kind=elder_care", "leader1", ("td.subject a",)),
    Shot("new-facility", "/desk/facilities/new", "leader1"),
    Shot("bring-facilities", "/desk/facilities/bring", "leader1"),
    Shot("facility-layouts", "/desk/facilities/layouts?day=2022-12-31", "leader1"),
    Shot("near-me", "/near-me?group=elder&from=quarter-nandu-garden"),
    Shot("facility-near-me", "/near-me?group=elder&from=quarter-nandu-garden", follow=("ol.facilities a.name",)),
    Shot("talents", "/desk/talents?year=2023", "economy-office1"),
    Shot("indicators", "/desk/indicators?year=2023&until=9", "leader1"),
    Shot("field-services", "/desk/field/services", "grid-001-1"),
    Shot("field-visits", "/desk/field/visits", "economy-office1"),
    Shot("field-visit", "/desk/field/visits", "economy-office1", ("a[href*='/field/visits/']",)),
    Shot("report-of-enterprise", "/enterprise"),
    Shot("account", "/staff/me", "admin1"),
    Shot("projects", "/desk/projects", "leader1"),
    Shot("projects-along-time", "/desk/projects/gantt?year=2023", "leader1"),
    Shot("projects-map", "/desk/projects/map", "leader1"),
    Shot("project", "/desk/projects?state=open", "leader1", ("td.subject a",)),
    Shot("new-project", "/desk/projects/new/renewal", "leader1"),
    Shot("password", "/staff/me/password", "admin1"),
    Shot("second-factor", "/staff/me/second-factor", "admin1"),
    Shot("accounts", "/staff/accounts", "admin1"),
    Shot("account-of", "/staff/accounts", "admin1", ("table a[href*='/accounts/']",)),
    Shot("new-account", "/staff/accounts/new", "admin1"),
    Shot("units", "/staff/units", "admin1"),
    Shot("openings", "/staff/openings", "auditor1"),
]


def keys_of(env: dict[str, str]) -> dict[str, str]:
    """The key of one printed code, the tracking code of a matter that waits for its rating, and the number of one that
    dispatcher1 took down."""
    ask = (
        "from rixin.channels.models import Code; from rixin.cases.models import CaseEvent, Receipt;"
        "print(Code.objects.order_by('pk')[0].token);"
        "print(Receipt.objects.filter(case__state='closed', case__channel='code').order_by('-pk')[0].code);"
        "print(CaseEvent.objects.filter(seq=1, by_account__username='dispatcher1').order_by('-pk')[0].case.number)"
    )
    told = subprocess.run([*RIXIN, "shell", "-v0", "-c", ask], env=env, capture_output=True, text=True, check=True)
    code, receipt, taken = told.stdout.split()
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    return {"code": code, "receipt": receipt, "taken": taken, "tomorrow": f"{tomorrow:%Y-%m-%d}"}


def wait_for(address: str) -> None:
    for _second in range(120):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)  # noqa: S310 - our own address
        except (urllib.error.URLError, OSError):
            time.sleep(1)
        else:
            return
    sys.exit(f"The product did not answer at {address} within two minutes.")


def context_for(browser: Browser, address: str, who: str, size: str, language: str, password: str) -> BrowserContext:
    """A browser window of `who`, signed in with the demonstration's password."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=address,
        has_touch=size == "phone",
        locale=language,
        # Every picture is of the page as the server gives it now.
        service_workers="block",
    )
    context.add_cookies([{"name": "language", "value": language, "url": address}])
    if who:
        page = context.new_page()
        page.goto("/staff/sign-in")
        page.fill("[name=username]", who)
        page.fill("[name=password]", password)
        page.locator("main form button.primary").click()
        page.wait_for_url(lambda url: "/staff/sign-in" not in url)
        page.close()
        # An account may have a language of its own.
        context.add_cookies([{"name": "language", "value": language, "url": address}])
    return context


def as_webp(page: Page) -> bytes:
    """The page from its top to its end, or to where pictures are cut."""
    width, height = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    tallest = TALLEST["phone" if width < 600 else "desktop"]
    how = {
        "format": "webp",
        "quality": QUALITY,
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": width, "height": min(height, tallest), "scale": 1},
    }
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", how)
    return base64.b64decode(answer["data"])


def picture(page: Page, shot: Shot, keys: dict[str, str], file: Path) -> str | None:
    """Writes the picture; returns what was wrong with the page, if anything was."""
    answer = page.goto(shot.path.format(**keys))
    for selector in shot.follow:
        links = page.locator(selector)
        if links.count() == 0:
            return f"{shot.name}: nothing to open at {page.url}"
        answer = page.goto(urljoin(page.url, links.first.get_attribute("href") or ""))
    page.wait_for_load_state("networkidle")
    file.write_bytes(as_webp(page))
    status = answer.status if answer else 0
    if status != 200:
        return f"{file.name}: answered {status}"
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        return f"{file.name}: wider than the screen"
    return None


def album(out: Path) -> str:
    """A page with every picture in the folder, a row for each of our pages."""
    lines = [
        "# How every page looks",
        "",
        "Made by `make screenshots` from the demonstration; people and matters are made up.",
        "",
    ]
    for shot in SHOTS:
        files = [f"{shot.name}-{language}-{size}.webp" for language in LANGUAGES for size in SIZES]
        there = [name for name in files if (out / name).exists()]
        if there:
            who = f", as `{shot.who}`" if shot.who else ""
            lines += [f"## {shot.name}", "", f"`{shot.path}`{who}", ""]
            lines += [" ".join(f'<img src="{name}" alt="{name[:-5]}" height="360">' for name in there), ""]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="pages whose name matches this pattern")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--port", type=int, default=int(os.environ.get("SCREENSHOTS_PORT", "8765")))
    given = parser.parse_args()
    env = {**os.environ, "DEMO": "1", "PORT": str(given.port), "PUBLIC_URL": f"http://localhost:{given.port}"}
    subprocess.run([*RIXIN, "setup"], env=env, check=True)
    server = subprocess.Popen([*RIXIN, "serve", "--no-worker"], env=env)
    try:
        wait_for(env["PUBLIC_URL"])
        wrong = pictures(env, re.compile(given.only), given.out)
        (given.out / "README.md").write_text(album(given.out), encoding="utf-8")
    finally:
        server.terminate()
        server.wait()
    print("\n".join(wrong) or f"All pages are in {given.out.name}/")
    return 1 if wrong else 0


def pictures(env: dict[str, str], only: re.Pattern[str], out: Path) -> list[str]:
    """Makes the pictures whose page matches `only`; what was wrong, one line each."""
    out.mkdir(parents=True, exist_ok=True)
    keys, password = keys_of(env), env.get("DEMO_PASSWORD", "wenxin-demo-2022")
    wrong: list[str] = []
    shots = [shot for shot in SHOTS if only.search(shot.name)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=env.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        for who in dict.fromkeys(shot.who for shot in shots):
            for language in LANGUAGES:
                for size in SIZES:
                    context = context_for(browser, env["PUBLIC_URL"], who, size, language, password)
                    page = context.new_page()
                    for shot in shots:
                        if shot.who == who:
                            file = out / f"{shot.name}-{language}-{size}.webp"
                            fault = picture(page, shot, keys, file)
                            wrong += [fault] if fault else []
                    context.close()
        browser.close()
    return wrong


if __name__ == "__main__":
    sys.exit(main())
