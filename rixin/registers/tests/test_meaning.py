"""What people write is understood: credit codes, industries, and which enterprise is meant."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from rixin.people.actors import SYSTEM
from rixin.registers import entering
from rixin.registers.codes import WrongCode, read_code
from rixin.registers.industries import UnknownIndustry, read_industry
from rixin.registers.matching import meant, meant_by, named, offered
from rixin.registers.models import Enterprise
from rixin.registers.names import plain_name
from rixin.registers.tests.builders import NOW, an_enterprise

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
GREENTOWN = "91330100799655058B"


class TestACreditCode:
    @pytest.mark.parametrize(
        "typed", [GREENTOWN, GREENTOWN.lower(), " 91330100 799655058B ", "９１３３０１００７９９６５５０５８Ｂ"]
    )
    def test_width_case_and_blanks_are_forgiven(self, typed):
        assert read_code(typed) == GREENTOWN

    def test_nothing_is_no_fault(self):
        assert read_code("  ") == ""

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("9133010079965505", "has 18 signs; this one has 16"),
            ("91330100799655058A", "check digit"),
            ("9133010079965505OB", "no unified social credit code"),
        ],
    )
    def test_what_is_wrong_is_said(self, typed, says):
        with translation.override("en"), pytest.raises(WrongCode) as wrong:
            read_code(typed)

        assert says in wrong.value.message

    @given(st.text(SIGNS, min_size=8, max_size=8), st.integers(0, 17), st.sampled_from(SIGNS))
    def test_one_wrong_sign_is_always_found(self, organisation, at, sign):
        body = f"91330106{organisation}0"
        code = body + uscc.calc_check_digit(body)
        slipped = code[:at] + sign + code[at + 1 :]

        if slipped == code:
            assert read_code(code) == code
        else:
            with pytest.raises(WrongCode):
                read_code(slipped)


@pytest.mark.usefixtures("definitions")
class TestAnIndustry:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("I65", "I65"),
            ("65", "I65"),
            ("6510", "I65"),
            ("I6510", "I65"),
            ("软件和信息技术服务业", "I65"),
            ("广播、电视、电影和录音制作业", "R87"),
            ("I", "I"),
            ("制造业", "C"),
            ("软件和信息", "I65"),
            ("餐饮业", "H62"),
        ],
    )
    def test_is_known_by_code_name_or_a_part_that_only_one_has(self, written, code):
        found = read_industry(written)

        assert found is not None and found.code == code

    @pytest.mark.parametrize(
        ("written", "says"), [("制造", "several industries"), ("飞船", "no industry"), ("Z99", "no industry")]
    )
    def test_what_may_mean_several_or_none_is_said(self, written, says):
        with translation.override("en"), pytest.raises(UnknownIndustry) as unknown:
            read_industry(written)

        assert says in unknown.value.message


@pytest.mark.usefixtures("definitions")
class TestWhichIsMeant:
    @pytest.mark.parametrize("written", ["杭州（青屿）软件有限公司", "杭州(青屿) 软件有限公司", GREENTOWN.lower()])
    def test_by_name_however_it_is_spelt_or_by_code(self, written):
        one = an_enterprise("杭州（青屿）软件有限公司", code=GREENTOWN)

        assert meant(written) == one.pk

    def test_by_a_name_that_it_had(self):
        one = an_enterprise("杭州旧名有限公司")

        entering.rename(one, "杭州新名有限公司", on=date(2022, 4, 1), by=SYSTEM, at=NOW, seen=one.version)

        assert meant("杭州旧名有限公司") == meant("杭州新名有限公司") == one.pk

    def test_a_name_of_today_goes_before_one_of_the_past(self):
        one = an_enterprise("杭州旧名有限公司")
        entering.rename(one, "杭州新名有限公司", on=date(2022, 4, 1), by=SYSTEM, at=NOW, seen=one.version)

        other = an_enterprise("杭州旧名有限公司")

        assert meant("杭州旧名有限公司") == other.pk

    def test_what_two_are_called_means_neither(self):
        an_enterprise("杭州同名有限公司")
        an_enterprise("杭州同名有限公司")

        assert meant_by(["杭州同名有限公司"]) == {}

    def test_one_that_was_taken_out_is_not_meant(self):
        one = an_enterprise("杭州误登有限公司")
        entering.withdraw(one, by=SYSTEM, at=NOW, seen=one.version, reason="误登")

        assert meant("杭州误登有限公司") is None

    def test_those_that_begin_with_what_was_typed_are_offered_first(self):
        later = an_enterprise("杭州大青屿有限公司")
        first = an_enterprise("青屿软件有限公司")

        assert offered(Enterprise.objects.all(), "青屿") == [first, later]
        assert offered(Enterprise.objects.all(), "青") == []
        assert set(named(Enterprise.objects.all(), "屿")) == {first, later}


@given(st.text(st.sampled_from("杭州青屿软件有限公司"), min_size=1), st.sampled_from(["（", "(", " ", "·", "　"]))
def test_signs_beside_the_words_make_no_other_name(name, sign):
    assert plain_name(sign.join(name)) == plain_name(name)
