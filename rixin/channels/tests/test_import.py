"""Messages from a table become matters: `rixin import cases FILE`."""

import csv
import gzip
import io
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from rixin.cases.lifecycle import ALARMED
from rixin.cases.models import Case, CaseEvent, Receipt
from rixin.cases.tests.builders import take
from rixin.cases.verification import verify
from rixin.people import units as known_units
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = pytest.mark.django_db
HEAD = ["编号", "主题", "时间", "详情"]
LAMP = ["1", "楼道灯坏了", "2022/3/14 9:30:05", "德加东区3幢楼道灯坏了一个星期，晚上老人上下楼看不见。"]
NOISE = ["2", "广场舞太吵", "2022-03-15 20:10", "星艺街广场舞音响开得很大，孩子没法写作业。"]
BIN = ["3", "垃圾没人清", "2022年3月16日 7时5分", "中兴公寓门口垃圾堆了三天没有人清，味道很大。"]


@pytest.fixture(autouse=True)
def _ground(wenxin_places: Any, definitions: None) -> None:
    """Places and kinds of matter."""


def as_csv(rows: list[list[str]], mark: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


@pytest.fixture
def a_file(tmp_path: Path) -> Any:
    def write(*rows: list[str], head: list[str] = HEAD, name: str = "messages.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes(as_csv([head, *rows]).encode(encoding))
        return file

    return write


def run(file: Path, *options: str) -> str:
    """What is said; also where rows were refused."""
    out = io.StringIO()
    try:
        call_command("import", "cases", str(file), *options, language="en", stdout=out)
    except CommandError as refused:
        return f"{out.getvalue()}{refused}"
    return out.getvalue()


def results(file: Path) -> list[dict[str, str]]:
    with Path(f"{file}.result.csv").open(encoding="utf-8-sig", newline="") as kept:
        return list(csv.DictReader(kept))


def last(said: str) -> str:
    return said.strip().splitlines()[-1]


class TestARow:
    def test_becomes_a_matter_that_is_sorted_placed_and_clocked(self, a_file):
        run(a_file(LAMP))

        case = Case.objects.get()
        assert (case.title, case.channel, case.type) == ("楼道灯坏了", "import", "quarter_lighting")
        assert case.area_path.startswith("330106013/") and case.place_code and case.lat
        assert case.due_at and case.phase == "open"
        assert Receipt.objects.get().outside_number == "1"

    def test_is_opened_now_and_keeps_the_time_of_its_message(self, a_file):
        before = timezone.now()

        run(a_file(LAMP))

        opening = CaseEvent.objects.get()
        assert opening.at >= before
        assert datetime.fromisoformat(opening.given["written_at"]) == datetime(2022, 3, 14, 1, 30, 5, tzinfo=UTC)

    def test_can_be_opened_at_the_time_of_its_message_with_what_was_missed_since(self, a_file):
        run(a_file(LAMP), "--opened", "message")

        case = Case.objects.get()
        assert case.opened_at == datetime(2022, 3, 14, 1, 30, 5, tzinfo=UTC)
        assert case.events.filter(action=ALARMED).exists()
        assert not case.clocks.filter(alarm_at__lte=timezone.now()).exists()

    def test_leaves_a_timeline_that_verifies(self, a_file):
        run(a_file(LAMP, NOISE, LAMP))

        assert Case.objects.count() == 2
        assert not [finding for _case, found in verify(Case.objects.all()) for finding in found]

    def test_keeps_phone_and_name_sealed_with_its_receipt(self, a_file):
        run(a_file([*LAMP, "138 0000 0000", "王女士"], head=[*HEAD, "联系电话", "姓名"]), "--channel", "hotline")

        receipt = Receipt.objects.get()
        assert (receipt.phone, receipt.name, receipt.channel) == ("138 0000 0000", "王女士", "hotline")

    def test_whose_kind_is_named_is_not_sorted_by_words(self, a_file):
        run(a_file([*LAMP, "consultation"], head=[*HEAD, "事项类型代码"]))

        assert Case.objects.get().type == "consultation"


class TestAMatterFromAFile:
    def test_goes_through_all_hands_to_its_end(self, a_file, dispatcher, verifier):
        run(a_file(LAMP, NOISE, BIN))

        for case in Case.objects.all():
            unit = known_units.by_id(case.owner_unit_id).code
            handler = a_player(f"handler-{case.pk}", "小陈", unit, Role.HANDLER)
            case = take(case, "accept", dispatcher, timezone.now())
            case = take(case, "dispatch", dispatcher, timezone.now(), unit=case.owner_unit_id)
            case = take(case, "acknowledge", handler, timezone.now())
            case = take(case, "handle", handler, timezone.now(), answer="已到现场处理，问题解决。")
            case = take(case, "verify", verifier, timezone.now())
            case = take(case, "close", verifier, timezone.now())

        assert set(Case.objects.values_list("phase", "outcome")) == {("closed", "solved")}
        assert not [finding for _case, found in verify(Case.objects.all()) for finding in found]


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_either_encoding_is_recognised(self, a_file, encoding):
        run(a_file(LAMP, encoding=encoding))

        assert Case.objects.get().title == "楼道灯坏了"

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_each_delimiter_is_recognised(self, tmp_path, mark):
        file = tmp_path / "messages.csv"
        file.write_text(as_csv([HEAD, LAMP], mark), encoding="utf-8")

        assert last(run(file)).startswith("1 rows: 1 new")

    def test_a_gzipped_file_is_read(self, tmp_path):
        file = tmp_path / "messages.csv.gz"
        file.write_bytes(gzip.compress(as_csv([["id", "theme", "time", "detail"], LAMP]).encode()))

        assert last(run(file)).startswith("1 rows: 1 new")

    def test_a_spreadsheet_is_read_with_its_dates_and_numbers_and_a_title_above(self, tmp_path):
        book = Workbook()
        sheet = book.active
        sheet.append(["三月来件"])
        sheet.append([*HEAD, "电话"])
        sheet.append([7, LAMP[1], datetime(2022, 3, 14, 9, 30), LAMP[3], 13800000000])  # noqa: DTZ001 - as Excel has it
        book.save(tmp_path / "messages.xlsx")

        said = run(tmp_path / "messages.xlsx")

        assert last(said).startswith("1 rows: 1 new")
        receipt = Receipt.objects.get()
        assert (receipt.outside_number, receipt.phone) == ("7", "13800000000")
        assert results(tmp_path / "messages.xlsx")[0]["row"] == "3"

    def test_unknown_headings_are_listed_with_how_to_map_them(self, a_file):
        said = run(a_file(["a", "b"], head=["甲", "乙"]))

        assert "甲、乙" in said and "--columns" in said
        assert not Case.objects.exists()

    def test_columns_can_be_mapped_by_hand(self, a_file):
        run(a_file(LAMP, head=["甲", "乙", "丙", "丁"]), "--columns", "乙=title,丙=time,丁=text")

        assert Case.objects.get().text == LAMP[3]

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"", "empty"),
            (b"\x00\x01\x02,\x00", "no text"),
            (b"PK\x03\x04 broken", "spreadsheet"),
            (b"\x1f\x8bno", "damaged"),
        ],
    )
    def test_a_file_that_is_no_table_is_refused_whole(self, tmp_path, content, what):
        file = tmp_path / "messages.csv"
        file.write_bytes(content)

        with pytest.raises(CommandError, match=what):
            call_command("import", "cases", str(file), language="en")


class TestABadRow:
    @pytest.mark.parametrize(
        ("column", "value", "reason"),
        [
            ("详情", "  …… ", "empty"),
            ("详情", "长" * 10_001, "At most"),
            ("时间", "前天", "not a time"),
            ("时间", "2022-13-40", "not a time"),
            ("时间", "2999-01-01", "not come yet"),
            ("电话", "12", "telephone"),
            ("纬度", "91", "does not exist"),
            ("经度", "", "missing"),
            ("类型", "没有这种", "no such kind"),
        ],
    )
    def test_is_refused_with_column_value_and_reason(self, a_file, column, value, reason):
        head = [*HEAD, "电话", "纬度", "经度", "类型"]
        row = [*LAMP, "13800000000", "30.28", "120.09", ""]
        row[head.index(column)] = value
        file = a_file(row, NOISE, head=head)

        said = run(file)

        first, second = results(file)
        assert (first["row"], first["result"], first["column"]) == ("2", "refused", column)
        assert reason in first["reason"] and first["value"][:5] == value.strip()[:5]
        assert second["result"] == "new"
        assert last(said) == "2 rows: 1 new, 0 joined, 0 already there, 1 refused."

    def test_makes_the_command_fail_after_all_others_were_taken_in(self, a_file):
        with pytest.raises(CommandError):
            call_command("import", "cases", str(a_file(["1", "", "", ""], LAMP)), language="en")

        assert Case.objects.count() == 1

    def test_that_looks_like_a_formula_is_harmless_in_the_result(self, a_file):
        file = a_file([*LAMP, "=HYPERLINK(1)"], head=[*HEAD, "电话"])

        run(file)

        assert results(file)[0]["value"] == "'=HYPERLINK(1)"


class TestTheSameFileAgain:
    def test_adds_nothing_and_names_the_matters(self, a_file):
        file = a_file(LAMP, NOISE, LAMP)
        run(file)

        said = run(file)

        assert last(said) == "3 rows: 0 new, 0 joined, 3 already there, 0 refused."
        assert Receipt.objects.count() == 3
        assert results(file)[0]["number of the matter"] in {case.number for case in Case.objects.all()}

    def test_with_more_rows_adds_only_those(self, a_file):
        run(a_file(LAMP))

        said = run(a_file(NOISE, LAMP))

        assert last(said) == "2 rows: 1 new, 0 joined, 1 already there, 0 refused."


class TestRepeatedWords:
    def test_join_the_first_matter_whatever_the_punctuation(self, a_file):
        again = ["9", LAMP[1], "2022-03-15", LAMP[3].replace("，", " , ")]
        file = a_file(LAMP, again)

        run(file)

        case = Case.objects.get()
        assert case.receipts.filter(joined=True).count() == 1
        assert [row["result"] for row in results(file)] == ["new", "joined"]

    def test_join_a_matter_of_an_earlier_file(self, a_file):
        run(a_file(LAMP))

        said = run(a_file(["9", LAMP[1], "2022-03-15", LAMP[3]], name="later.csv"))

        assert "0 new, 1 joined" in last(said)

    def test_about_another_place_stay_apart(self, a_file):
        words = ["楼道灯坏了", "2022-03-15", "楼道灯坏了，请来修。"]
        file = a_file(["1", *words, "德加东区3幢"], ["2", *words, "中兴公寓2幢"], head=[*HEAD[:1], *HEAD[1:], "地址"])

        run(file)

        assert Case.objects.count() == 2

    def test_nearly_the_same_are_named_and_not_joined(self, a_file):
        file = a_file(LAMP, ["9", LAMP[1], "2022-03-15", LAMP[3] + "快来修"])

        run(file)

        assert Case.objects.count() == 2
        first = Case.objects.order_by("pk")[0]
        assert results(file)[1]["nearly the same"].startswith(first.number)


class TestAPreview:
    def test_shows_what_rows_would_become_and_writes_nothing(self, a_file):
        file = a_file(LAMP, LAMP, BIN)

        said = run(file, "--preview", "2")

        assert "duplicate of row 2" in said and BIN[1] not in said
        assert last(said) == "3 rows: 2 new, 1 joined, 0 already there, 0 refused."
        assert not Case.objects.exists() and not Path(f"{file}.result.csv").exists()

    def test_by_dry_run_writes_the_result_file_only(self, a_file):
        file = a_file(LAMP)

        run(file, "--dry-run")

        assert not Case.objects.exists() and len(results(file)) == 1


@pytest.mark.slow
def test_an_import_that_was_killed_goes_on_where_it_was(tmp_path):
    """A process of its own on a database of its own, killed after its first batch."""
    rows = [
        [str(nth), f"第{nth}件", "2022-03-14", f"{nth}号井盖松动，车子压过去响，编号{nth * 7919}。"]
        for nth in range(900)
    ]
    file = tmp_path / "many.csv"
    file.write_text(as_csv([HEAD, *rows]), encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DATA_DIR": str(tmp_path), "DEMO": "0", "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}

    def rixin(*words: str) -> list[str]:
        return [sys.executable, "-m", "rixin", *words]

    for words in (["migrate", "-v0"], ["people", "load"], ["places", "load"], ["catalogue", "publish"]):
        subprocess.run(rixin(*words), env=env, check=True, capture_output=True)
    half = tmp_path / "many.csv.result.csv.part"
    first = subprocess.Popen(rixin("import", "cases", str(file)), env=env, stdout=subprocess.DEVNULL)
    while not (half.exists() and half.stat().st_size > 1_000) and first.poll() is None:
        time.sleep(0.01)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    again = subprocess.run(rixin("import", "cases", str(file)), env=env, check=True, capture_output=True, text=True)
    verified = subprocess.run(rixin("verify"), env=env, check=True, capture_output=True, text=True)

    new, there = (int(last(again.stdout).split(part)[0].split()[-1]) for part in (" new", " already"))
    assert new + there == 900 and there >= 200 and new > 0
    assert "900 cases" in verified.stdout
