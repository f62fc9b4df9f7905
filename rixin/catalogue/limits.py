"""What is never held of a named person, whatever a definition asks for: health, belief, opinion, number of an identity
card, body data, rating. The limit is part of the product: a definition that crosses it does not load, and a text that
does is not taken. Pure but for the language of the reasons.

A list of words cannot know every way of asking. It stops what is asked openly, and says why; the rest is for whoever
reads a definition before it is published.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Limit:
    """`zh`: signs that may stand in no name; `en`: words, alone or as part of a code."""

    code: str
    zh: tuple[str, ...]
    en: frozenset[str]

    @classmethod
    def of(cls, code: str, zh: str, en: str) -> "Limit":
        return cls(code, tuple(zh.split()), frozenset(en.split()))


LIMITS = (
    Limit.of(
        "health",
        """健康 疾病 病史 病情 患病 慢病 诊断 病症 用药 服药 药物 血压 血糖 精神 心理 传染 残疾类 残疾等 残疾程度 伤残
        失能 失智 自理能力 孕 体检 核酸 抗原 接种 疫苗 肿瘤 癌 艾滋""",
        """health healthy ill disease illness sickness sick diagnosis diagnoses medical medicine medication drug blood
        mental psychiatric infection infected impairment handicap disability dementia pregnant pregnancy cancer hiv
        vaccine vaccinated vaccination allergy""",
    ),
    Limit.of(
        "belief",
        "宗教 信仰 信教 教派 教徒 佛教 道教 基督 天主 伊斯兰 清真 法轮",
        "religion religious belief faith church mosque temple creed muslim christian buddhist halal",
    ),
    Limit.of(
        "opinion",
        "政治 党派 立场 观点 思想 言论 上访 信访",
        "political politics party opinion opinions views ideology petitioner petitions vote voted",
    ),
    Limit.of(
        "identity_number",
        "身份证 证件号 护照 社保号 社保卡 医保卡 银行卡 残疾证 公民身份",
        "passport idnumber identitycard idcard ssn bankcard",
    ),
    Limit.of(
        "body",
        "人脸 指纹 虹膜 声纹 基因 民族 种族",
        "face facial fingerprint fingerprints iris voiceprint gene dna biometric ethnic ethnicity race",
    ),
    Limit.of(
        "rating",
        "重点人 评分 打分 积分 信用 风险等级 管控 前科 犯罪 吸毒 矫正 黑名单 关注等级",
        "score scoring rating risk watch watchlist blacklist criminal crime convict credit",
    ),
)
_PHRASES = {"id number": "identity_number", "identity card": "identity_number", "id card": "identity_number"}


@dataclass(frozen=True)
class Crossed:
    limit: str
    word: str


def crossed(text: str) -> Crossed | None:
    """The first limit that the words cross."""
    parts = re.findall(r"[a-z]+", text.lower())
    for limit in LIMITS:
        for word in limit.zh:
            if word in text:
                return Crossed(limit.code, word)
        for part in parts:
            if part in limit.en:
                return Crossed(limit.code, part)
    joined = " ".join(parts)
    for phrase, code in _PHRASES.items():
        if f" {phrase} " in f" {joined} ":
            return Crossed(code, phrase)
    return None


def not_held(*texts: str) -> Iterator[str]:
    """Why a field of this code and these names is refused; nothing where it is not."""
    for text in texts:
        if found := crossed(text):
            yield _(
                "“{word}” asks for {what}: that is not held of anybody. Ask for the help that is needed instead."
            ).format(word=found.word, what=named(found.limit))
            return


def named(limit: str) -> str:
    """The limit in words, to be put into a sentence."""
    return {
        "health": _("health"),
        "belief": _("religion"),
        "opinion": _("political views or petitions"),
        "identity_number": _("the number of an identity card"),
        "body": _("features of body or descent"),
        "rating": _("a rating or a watch list"),
    }[limit]
