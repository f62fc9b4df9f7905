"""Posters to hang up: one A4 page per code, in Chinese with English beside it, whatever the reader's language."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import segno
import typst
from django.conf import settings

from rixin.channels.models import Code

_PAGE = Path(__file__).parent / "posters" / "poster.typ"
_FONTS = Path(settings.FRONT_END_BUILD) / "fonts-pdf"
_WORDS = {
    "title_zh": "扫码反映身边事",
    "title_en": "Scan to report what is wrong here",
    "scan_zh": "微信、支付宝或相机扫一扫",
    "scan_en": "Any camera will do. No app, no account.",
    "steps": [
        {"zh": "扫一扫，说说哪里有问题", "en": "Scan and say what is wrong"},
        {"zh": "拍张照片，点“提交”", "en": "Take a photo and send it"},
        {"zh": "凭查询码看进度、作评价", "en": "Follow it with your code, and rate it"},
    ],
    "urgent_zh": "有人受伤或有危险时，请先拨打 110、119、120。",
    "urgent_en": "If somebody is hurt or in danger, call 110, 119 or 120 first.",
}


def of(codes: Sequence[Code]) -> bytes:
    """The PDF. Fonts come from the front end's build; where that has none, from what the machine has."""
    given = {
        **_WORDS,
        "codes": [
            {
                "name_zh": code.name_zh,
                "name_en": code.name_en,
                "spot": code.spot,
                "url": code.url,
                "svg": _svg(code.url),
            }
            for code in codes
        ],
    }
    fonts = [str(_FONTS)] if _FONTS.is_dir() else []
    made = typst.compile(str(_PAGE), font_paths=fonts, sys_inputs={"posters": json.dumps(given, ensure_ascii=False)})
    return bytes(made)


def _svg(url: str) -> str:
    """Level Q still reads with a quarter of it torn off or painted over, as happens to posters."""
    out = BytesIO()
    segno.make(url, error="q", micro=False, boost_error=False).save(out, kind="svg", border=3, scale=10, dark="#000")
    return out.getvalue().decode()
