"""What headings mean, how cells are read, and which enterprise a row means: rules that need no table."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.registers import entering
from rixin.registers.fitting import Space, Taking
from rixin.registers.imports import cells, figure_headings, headings, rooms
from rixin.registers.imports.alike import Asked, Named, alike
from rixin.registers.imports.judging import Judge
from rixin.registers.imports.known import Entry, Held, Known, KnownRoom
from rixin.registers.imports.outcomes import Outcome
from rixin.registers.imports.said import RoomSaid, Said
from rixin.registers.models import How, Standing
from rixin.registers.names import as_registered, core, plain_name
from rixin.sheet_lines import Line
from rixin.sheets import Unreadable

TODAY = date(2023, 1, 10)
CODE, OTHER = "91330106MA0000001W", "91330106MA0000002U"


@pytest.fixture(autouse=True)
def _published(definitions):
    """Industries, units and traits are definitions."""


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "held"),
        [
            ("单位名称", "name"),
            ("公司 名称", "name"),
            ("税号", "code"),
            ("注册资本（元）", "capital@yuan"),
            ("注册资金", "capital@wan_yuan"),
            ("2022年税收(万元)", "tax.2022@wan_yuan"),
            ("税收（2022）", "tax.2022@wan_yuan"),
            ("２０２２年度纳税总额（元）", "tax.2022@yuan"),
            ("2022年第一季度税收", "tax.2022-Q1@wan_yuan"),
            ("2022年3月产值", "output.2022-03@wan_yuan"),
            ("所属系", "traits"),
            ("研发中心认定", "traits"),
            ("2022年1-9月税收", ""),
            ("税收增长率（2022）", ""),
            ("税收", ""),
            ("天气", ""),
        ],
    )
    def test_are_known_as_offices_write_them(self, heading, held):
        assert headings.meaning()(heading) == held

    def test_no_two_columns_share_one(self):
        seen: dict[str, str] = {}
        for one in headings.HEADINGS:
            for written in (one.label.zh, one.label.en, *filter(None, one.aliases.split("|"))):
                assert seen.setdefault(headings.plain_heading(written), one.name) == one.name, written

    def test_of_the_empty_table_mean_what_they_were_made_for(self):
        means = headings.meaning()
        for one in (*headings.HEADINGS, *headings.figure_columns(TODAY)):
            for written in (one.label.zh, one.label.en):
                assert headings.base(means(written)) == headings.base(one.name)

    @given(st.text(max_size=30))
    def test_any_text_is_a_heading_that_means_something_or_nothing(self, text):
        assert figure_headings.figure_in(text) == "" or headings.figure_of(figure_headings.figure_in(text))


class TestCells:
    @pytest.mark.parametrize(
        ("written", "unit", "yuan"),
        [
            ("500", "wan_yuan", 5_000_000),
            (500.0, "wan_yuan", 5_000_000),
            ("500万", "wan_yuan", 5_000_000),
            ("500万元", "yuan", 5_000_000),
            ("500万元人民币", "wan_yuan", 5_000_000),
            ("人民币500万元", "wan_yuan", 5_000_000),
            ("1,000", "yuan", 1_000),
            ("1.2亿", "wan_yuan", 120_000_000),
            ("５００", "wan_yuan", 5_000_000),
        ],
    )
    def test_money_is_read_with_the_unit_behind_it_or_that_of_the_heading(self, written, unit, yuan):
        assert cells.yuan(written, headings.unit_of(f"capital@{unit}")) == yuan

    @pytest.mark.parametrize("written", ["很多", "500万美元", "五百", "1e400", "nan"])
    def test_what_is_no_sum_of_yuan_is_refused(self, written):
        with pytest.raises(Unreadable):
            cells.yuan(written, headings.unit_of("capital@wan_yuan"))

    @pytest.mark.parametrize(
        ("written", "standing"),
        [
            ("存续", "here"), ("在业", "here"), ("存续（在营、开业、在册）", "here"), ("异地经营", "elsewhere"),
            ("异地办公", "elsewhere"), ("迁出", "left"), ("注销", "closed"), ("吊销，未注销", "closed"),
        ],
    )  # fmt: skip
    def test_states_are_read_as_registers_of_companies_write_them(self, written, standing):
        if "，" in written:
            with pytest.raises(Unreadable):
                cells.standing(written)
        else:
            assert cells.standing(written) == standing

    @pytest.mark.parametrize(
        ("written", "found"),
        [
            ("专精特新、高新技术企业", [("stage", "specialised"), ("stage", "high_tech")]),
            ("国家高新技术企业", [("stage", "high_tech")]),
            ("绿城", [("group", "greentown")]),
            ("市级研发中心", [("rd_centre", "city")]),
            ("无", []),
        ],
    )
    def test_recognitions_are_known_by_name(self, written, found):
        assert cells.traits(written) == found

    @pytest.mark.parametrize("written", ["市级", "上市", "某某称号"])
    def test_a_recognition_that_may_be_several_or_none_is_refused(self, written):
        with pytest.raises(Unreadable):
            cells.traits(written)

    def test_a_code_that_the_spreadsheet_made_a_number_is_refused(self):
        with pytest.raises(Unreadable):
            cells.code(913301060000000000.0)

    @pytest.mark.parametrize(
        ("written", "floor", "found"),
        [
            ("301", "", [("301", 3)]),
            ("1205室", "", [("1205", 12)]),
            ("3楼301", "", [("301", 3)]),
            ("3F-A01", "", [("A01", 3)]),
            ("B105", "", [("B105", -1)]),
            ("A座1201", "", [("A座1201", 12)]),
            ("301、302", "", [("301", 3), ("302", 3)]),
            ("大厅", "一层", [("大厅", 1)]),
            ("大厅", "", [("大厅", None)]),
            ("负一层", "", [("负一层", -1)]),
        ],
    )
    def test_rooms_tell_their_floor(self, written, floor, found):
        assert rooms.rooms_in(written, floor) == found


class TestNames:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            (" 杭州 云深\u3000科技 有限公司 ", "杭州云深科技有限公司"),
            ("杭州云深(集团)有限公司", "杭州云深（集团）有限公司"),
            ("ＡＢＣ科技有限公司", "ABC科技有限公司"),
            ("Blue  Sky Ltd.", "Blue Sky Ltd."),
        ],
    )
    def test_are_kept_as_they_are_registered(self, written, name):
        assert as_registered(written) == name

    @pytest.mark.parametrize("name", ["杭州云深科技有限公司", "云深科技（杭州）有限公司", "杭州市云深科技有限责任公司"])
    def test_without_place_and_form_are_one(self, name):
        assert core(plain_name(name)) == "云深科技"


class TestAlike:
    @pytest.mark.parametrize(
        ("name", "near"),
        [
            ("云深科技有限公司", True),
            ("杭州云深科技有限责任公司", True),
            ("杭州云深网络科技发展有限公司", False),
            ("杭州海川科技有限公司", False),
        ],
    )
    def test_what_differs_in_place_or_form_is_proposed(self, name, near):
        register = [Named(7, plain_name("杭州云深科技有限公司"), "", "330106013/")]

        assert bool(alike([Asked(2, plain_name(name), "")], register)) is near

    def test_a_slip_in_a_long_name_is_proposed(self):
        register = [Named(7, plain_name("杭州云深慧远信息技术发展有限公司"), "", "330106013/")]

        assert alike([Asked(2, plain_name("杭州云深惠远信息技术发展有限公司"), "")], register)[2][0].pk == 7

    @pytest.mark.parametrize(("code", "near"), [("", True), (OTHER, False)])
    def test_who_has_another_code_is_another_enterprise(self, code, near):
        register = [Named(7, plain_name("杭州云深科技有限公司"), code, "330106013/")]

        assert bool(alike([Asked(2, plain_name("云深科技有限公司"), CODE)], register)) is near


# ---- which enterprise a row means


def an_entry(pk: int = 7, name: str = "杭州云深科技有限公司", code: str = CODE, **given: Any) -> Entry:
    blank = dict.fromkeys(entering.DETAILS, "") | {"founded_on": None, "capital": None, "area_path": "330106013/"}
    entry = Entry(
        pk=pk, version=1, name=name, plain_name=plain_name(name), standing="here", since=date(2021, 3, 1),
        details=blank | {"code": code} | given.pop("details", {}),
    )  # fmt: skip
    return replace(entry, **given)


def a_row(number: int = 2, name: str = "杭州云深科技有限公司", code: str = CODE, **given: Any) -> Outcome:
    details = {"area_path": "330106013/", **({"code": code} if code else {}), **given.pop("details", {})}
    said = Said(name=name, plain_name=plain_name(name), details=details, **given)
    return Outcome(line=Line(number, []), kind="new", said=said)


def judged(*rows: Outcome, entries: tuple[Entry, ...] = (), decided: dict[int, str] | None = None, **more: Any) -> list:
    known = Known(rooms=more.pop("rooms", {}))
    for entry in entries:
        known.add(entry)
    keeps = more.pop("keeps", lambda area: True)
    return Judge(known, TODAY, keeps, decided or {}, **more).judge(rows)


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes]


class TestWhichEnterprise:
    def test_the_code_tells_before_the_name(self):
        [found] = judged(a_row(), entries=(an_entry(), an_entry(8, code="")))

        assert (found.kind, found.entry.pk) == ("same", 7)

    @pytest.mark.parametrize(("code", "kind"), [("", "changed"), (OTHER, "doubt")])
    def test_a_name_tells_where_the_register_has_no_other_code(self, code, kind):
        assert kinds(judged(a_row(), entries=(an_entry(code=code),))) == [kind]

    def test_a_former_name_tells_too(self):
        entry = an_entry(name="杭州新名科技有限公司", former=frozenset({plain_name("杭州云深科技有限公司")}))

        assert kinds(judged(a_row(code=""), entries=(entry,))) == ["same"]

    def test_two_entries_of_one_name_are_asked_about(self):
        entries = (an_entry(7, code=""), an_entry(8, code=""))

        [asked], [decided] = (judged(a_row(), entries=entries, decided=said) for said in ({}, {2: "8"}))

        assert asked.kind == "doubt" and (decided.kind, decided.entry.pk) == ("changed", 8)

    def test_a_code_with_quite_another_name_is_asked_about(self):
        assert kinds(judged(a_row(), entries=(an_entry(name="宁波海川航运有限公司"),))) == ["doubt"]

    @pytest.mark.parametrize("decision", ["99", "99 rename", "anything", "7 x"])
    def test_a_decision_that_was_not_offered_decides_nothing(self, decision):
        row, entry = a_row(), an_entry(name="杭州旧名科技有限公司")

        assert kinds(judged(row, entries=(entry,), decided={2: decision})) == ["doubt"]
        assert kinds(judged(row, entries=(entry,), decided={2: "7 rename"})) == ["changed"]

    def test_two_rows_of_one_name_may_be_two_enterprises(self):
        rows = a_row(2, code=CODE), a_row(3, code=OTHER)

        assert kinds(judged(*rows)) == ["doubt", "doubt"]
        assert kinds(judged(*rows, decided={2: "new", 3: "new"})) == ["new", "new"]

    def test_two_rows_of_one_code_never_are(self):
        rows = a_row(2, note="x", where="甲"), a_row(3, where="乙")

        assert kinds(judged(*rows, decided={2: "new", 3: "new"})) == ["doubt", "doubt"]


class TestWhatChanges:
    @pytest.mark.parametrize(
        ("said", "there", "changed"),
        [
            ({"address": "一路1号"}, {}, ["address"]),
            ({"address": "一路1号"}, {"address": "一路1号"}, []),
            ({}, {"address": "一路1号"}, []),
            ({"section": "I"}, {"section": "I", "division": "65"}, []),
            ({"section": "I", "division": "64"}, {"section": "I", "division": "65"}, ["division"]),
            ({"section": "F", "division": ""}, {"section": "I", "division": "65"}, ["division", "section"]),
        ],
    )
    def test_only_what_is_said_and_differs(self, said, there, changed):
        [found] = judged(a_row(details=said), entries=(an_entry(details=there),))

        assert sorted(found.changes.details) == changed

    @pytest.mark.parametrize(
        ("there", "changed"),
        [("330106013/001/", False), ("330106013/", True), ("330106013/002/", True), ("330106013/001/01/", False)],
    )
    def test_an_area_above_the_one_that_is_known_says_nothing_new(self, there, changed):
        row = a_row(details={"area_path": "330106013/001/"}, placed=True)

        [found] = judged(row, entries=(an_entry(details={"area_path": there}),))

        assert ("area_path" in found.changes.details) is changed

    @pytest.mark.parametrize(
        ("before", "now", "how"),
        [
            ("here", Standing.ELSEWHERE, How.CHANGED),
            ("here", Standing.LEFT, How.MOVED_OUT),
            ("here", Standing.CLOSED, How.CLOSED),
            ("left", Standing.HERE, How.MOVED_IN),
        ],
    )
    def test_a_standing_comes_about_in_a_way(self, before, now, how):
        [found] = judged(a_row(standing=now, since=date(2022, 5, 1)), entries=(an_entry(standing=before),))

        assert (found.changes.stand.how, found.changes.stand.day) == (how, date(2022, 5, 1))

    def test_a_day_before_the_standing_that_is_known_is_no_day_of_its_change(self):
        [found] = judged(a_row(standing=Standing.LEFT, since=date(2019, 1, 1)), entries=(an_entry(),))

        assert found.changes.stand.day == TODAY

    def test_an_enterprise_outside_the_person_s_areas_is_left_as_it_is(self):
        row, entry = a_row(details={"address": "一路1号"}), an_entry()

        assert kinds(judged(row, entries=(entry,), keeps=lambda area: False)) == ["wrong"]
        assert kinds(judged(row, entries=(entry,))) == ["changed"]


class TestRooms:
    ROOM = RoomSaid(1, "301", 3, 6_000)

    def known_room(self, taken: int = 0) -> dict:
        takings = (Taking(99, date(2021, 1, 1), None, taken),) if taken else ()
        return {(1, "301"): KnownRoom(5, Space(10_000, date(2020, 1, 1), None, takings))}

    @pytest.mark.parametrize(("taken", "kind"), [(0, "new"), (4_000, "new"), (5_000, "wrong")])
    def test_more_than_is_free_is_not_let(self, taken, kind):
        assert kinds(judged(a_row(rooms=(self.ROOM,)), rooms=self.known_room(taken))) == [kind]

    def test_a_room_that_it_has_already_is_no_change(self):
        entry = an_entry(rooms=(Held(3, 1, "301", date(2021, 1, 1), None),))

        assert kinds(judged(a_row(rooms=(self.ROOM,)), entries=(entry,), rooms=self.known_room(6_000))) == ["same"]

    def test_another_end_of_its_lease_is_one(self):
        entry = an_entry(rooms=(Held(3, 1, "301", date(2021, 1, 1), date(2022, 12, 31)),))
        row = a_row(rooms=(replace(self.ROOM, lease_end=date(2025, 12, 31)),))

        [found] = judged(row, entries=(entry,), rooms=self.known_room(6_000))

        assert [one.lease_end for one in found.changes.renewals] == [date(2025, 12, 31)]

    @pytest.mark.parametrize(("floor", "area"), [(None, 6_000), (3, None)])
    def test_a_new_room_needs_its_floor_and_its_area(self, floor, area):
        room = replace(self.ROOM, floor=floor, area=area)

        assert kinds(judged(a_row(rooms=(room,)))) == ["wrong"] and kinds(judged(a_row(rooms=(self.ROOM,)))) == ["new"]

    def test_who_works_elsewhere_has_no_room_here(self):
        row = a_row(rooms=(self.ROOM,), standing=Standing.ELSEWHERE)

        assert [list(found.problems) for found in judged(row)] == [["standing"]]
