"""What of a text stays readable when it is shown to people who need not know who wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.privacy.masking import mask_address, mask_id_number, mask_name, mask_phone, masked


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("电话13800001234,请回电", "电话138****1234,请回电"),
        ("电话 138 0000 1234", "电话 138****1234"),
        ("电话+86 138-0000-1234。", "电话138****1234。"),
        ("手机13800001234", "手机138****1234"),
        ("座机0571-88211234", "座机0571-****1234"),
        ("座机(0571)88211234", "座机0571-****1234"),
        ("打88211234找我", "打****1234找我"),
        ("身份证330106199001011234", "身份证330***********1234"),
        ("身份证33010619900101123X", "身份证330***********123X"),
        ("卡号6222 0212 0200 1234 567", "卡号6222 **** **** 567"),
        ("邮箱zhang.san@example.com", "邮箱z***@example.com"),
        ("我叫张三丰,住德加公寓", "我叫张**,住德加公寓"),
        ("我叫张三住在德加", "我叫张*住在德加"),
        ("联系人:欧阳修", "联系人:欧阳*"),
        ("王小明先生来电", "王**先生来电"),
        ("李女士反映", "李女士反映"),
    ],
)
def test_personal_data_is_masked_in_the_midst_of_a_text(written: str, shown: str) -> None:
    assert masked(written) == shown


@pytest.mark.parametrize(
    "harmless",
    [
        "已拨打12345热线两次",
        "2022年11月05日20221105出现",
        "3幢2单元502室漏水",
        "业主高度重视,我是周边居民",
        "车位费每月1200元,共380000元",
        "单号RX-20221105-0012",
    ],
)
def test_what_is_no_personal_data_stays(harmless: str) -> None:
    assert masked(harmless) == harmless


@given(st.text(alphabet=st.sampled_from("1358600 -王小明先生我叫张三@a.com:0571"), max_size=40))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)

    assert masked(once) == once


class TestSingleValues:
    @pytest.mark.parametrize(
        ("phone", "shown"),
        [("13800001234", "138****1234"), ("0571-88211234", "0571-****1234"), ("12345", "***45"), ("110", "***")],
    )
    def test_a_telephone_keeps_its_ends(self, phone, shown):
        assert mask_phone(phone) == shown

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("张三", "张*"),
            ("张三丰", "张**"),
            ("欧阳修", "欧阳*"),
            ("张", "张*"),
            ("John Smith", "J*** S****"),
            ("", ""),
        ],
    )
    def test_a_name_keeps_its_surname(self, name, shown):
        assert mask_name(name) == shown

    def test_an_id_number_keeps_its_ends(self):
        assert mask_id_number("330106199001011234") == "330***********1234"

    def test_an_address_ends_at_the_building(self):
        assert mask_address("文三西路德加公寓3幢2单元502室") == "文三西路德加公寓3幢***"
        assert mask_address("文三西路口") == "文三西路口"
