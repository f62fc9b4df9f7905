"""Hides personal data in what is shown: enough stays to tell two apart, not enough to call or find somebody.

Free text is searched for what has a form of its own (telephone and ID numbers, bank cards, e-mail) and for names after
the words by which people introduce them (我叫…, 联系人:…, 王先生). A name without such a word is not recognised:
whoever publishes a text still reads it first.
"""

import re

# The hundred-odd surnames that nine in ten people bear; two-character ones first.
SURNAMES = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤俞楼章鲍葛毕施柳尤倪骆裘茅翁管祝庄柯华屠应]"
)
# What stands right after a name and is no part of it: 我叫张三住在…
NOT_IN_A_NAME = "是住在的地电家想要反有我来于说和与也就先女师阿大同及希"
GIVEN = rf"[^\W\d_a-zA-Z{NOT_IN_A_NAME}]"
DIGITS_BEFORE, DIGITS_AFTER = r"(?<![\d*])", r"(?![\d*])"

MOBILE = re.compile(rf"{DIGITS_BEFORE}(?:(?:\+|00)?86[- ]?)?(1[3-9]\d)[- ]?(\d{{4}})[- ]?(\d{{4}}){DIGITS_AFTER}")
LANDLINE = re.compile(rf"{DIGITS_BEFORE}[(\uff08]?(0\d{{2,3}})[)\uff09]?[- ]?(\d{{3,4}})[- ]?(\d{{4}}){DIGITS_AFTER}")
# Hangzhou's own numbers start with 5 to 8; a day written as eight digits starts with 1 or 2.
LOCAL_LINE = re.compile(rf"{DIGITS_BEFORE}[5-8]\d{{3}}[- ]?(\d{{4}}){DIGITS_AFTER}")
ID_NUMBER = re.compile(rf"{DIGITS_BEFORE}([1-9]\d{{2}})(\d{{11}})(\d{{3}}[\dXx]){DIGITS_AFTER}")
OLD_ID_NUMBER = re.compile(rf"{DIGITS_BEFORE}([1-9]\d{{2}})(\d{{9}})(\d{{3}}){DIGITS_AFTER}")
BANK_CARD = re.compile(rf"{DIGITS_BEFORE}([3-6]\d{{3}})([ -]?\d{{4}}){{2,3}}[ -]?(\d{{3,4}}){DIGITS_AFTER}")
EMAIL = re.compile(r"(?<![\w.+-])([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
# Some words come before many things besides a name, and count only with a colon after them: 业主高度重视.
INTRODUCED = re.compile(
    rf"(我叫|名叫|本人叫|姓名|联系人|(?:报告人|反映人|投诉人|业主|户主)(?=[:\uff1a]))([是为:\uff1a]?\s?)({SURNAMES})({GIVEN}{{1,2}})"
)
ADDRESSED = re.compile(rf"({SURNAMES})({GIVEN}{{0,2}})(先生|女士|小姐|阿姨|大伯|师傅|老师|大妈|大爷)")
FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


def masked(text: str) -> str:
    """The text without the personal data that can be recognised. Masking twice changes nothing more.

    >>> masked("我叫张三丰,电话13800001234")
    '我叫张**,电话138****1234'
    """
    text = text.translate(FULL_WIDTH)
    text = EMAIL.sub(r"\1***@\2", text)
    text = ID_NUMBER.sub(r"\1***********\3", text)
    text = BANK_CARD.sub(r"\1 **** **** \3", text)
    text = OLD_ID_NUMBER.sub(r"\1*********\3", text)
    text = MOBILE.sub(r"\1****\3", text)
    text = LANDLINE.sub(r"\1-****\3", text)
    text = LOCAL_LINE.sub(r"****\1", text)
    text = INTRODUCED.sub(lambda found: found[1] + found[2] + found[3] + "*" * len(found[4]), text)
    return ADDRESSED.sub(lambda found: found[1] + "*" * len(found[2]) + found[3], text)


def mask_phone(phone: str) -> str:
    """138****1234; a landline keeps its area code and end. Of anything else the last two characters stay."""
    plain = phone.translate(FULL_WIDTH).strip()
    for form, shown in ((MOBILE, r"\1****\3"), (LANDLINE, r"\1-****\3"), (LOCAL_LINE, r"****\1")):
        if form.fullmatch(plain):
            return form.sub(shown, plain)
    return "*" * max(len(plain) - 2, 0) + plain[-2:] if len(plain) > 4 else "*" * len(plain)


def mask_name(name: str) -> str:
    """The surname stays: 张**, 欧阳**. Of a name in Latin letters the first letter of each part: J*** S****."""
    name = name.strip()
    if name.isascii():
        return " ".join(part[0] + "*" * (len(part) - 1) for part in name.split())
    surname = re.match(SURNAMES, name)
    kept = len(surname[0]) if surname and len(name) > len(surname[0]) else 1
    return name[:kept] + "*" * max(len(name) - kept, 1)


def mask_id_number(number: str) -> str:
    """The first three and the last four characters stay."""
    number = number.translate(FULL_WIDTH).strip()
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_address(address: str) -> str:
    """Down to the building: unit, staircase and room are hidden."""
    return re.sub(
        r"((?:\d+|[一二三四五六七八九十]+)(?:幢|栋|号楼|号))\s*[\d一二三四五六七八九十A-Za-z].*$",
        r"\1***",
        address.translate(FULL_WIDTH),
    )
