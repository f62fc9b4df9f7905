"""Posters to hang up: one A4 page per code, in Chinese with English beside it, whatever the reader's language."""

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse

from rixin.channels.models import Code
from rixin.choosing.projects import Progress

_SHEET = Path(__file__).parent / "posters" / "poster.typ"
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


_OF_A_PROJECT = {
    "title_zh": "民生实事，请您评一评",
    "title_en": "Built for you: what do you think of it?",
    "scan_zh": "微信、支付宝或相机扫一扫",
    "scan_en": "Any camera will do. No app, no account.",
    "steps": [
        {"zh": "扫一扫，看项目、看花费", "en": "See what was built and what it cost"},
        {"zh": "选“满意”“基本满意”或“不满意”", "en": "Satisfied, fairly, or not"},
        {"zh": "说说哪里好、哪里还要改", "en": "Say what is good and what is not"},
    ],
    "urgent_zh": "每部手机评一次；工作人员不能代评，也不能删改。",
    "urgent_en": "Each phone counts once; no staff rates for you, changes or deletes it.",
}


def of(codes: Sequence[Code]) -> bytes:
    """The PDF with one page for each code."""
    pages = [_page(code.name_zh, code.name_en, code.spot, code.url) for code in codes]
    return _written({**_WORDS, "codes": pages})


def of_project(known: Progress, closes_on: date | None) -> bytes:
    """The PDF for the site of a project. `closes_on`: the last day on which it can be rated."""
    project = known.project
    until = f"评议截止 {closes_on:%Y-%m-%d}" if closes_on else ""
    address = f"{settings.PUBLIC_URL}{reverse('channels:project', args=[project.pk])}"
    return _written({**_OF_A_PROJECT, "codes": [_page(project.name, "", until, address)]})


def _page(name_zh: str, name_en: str, spot: str, url: str) -> dict[str, str]:
    return {"name_zh": name_zh, "name_en": name_en, "spot": spot, "url": url, "svg": _svg(url)}


def _written(given: dict[str, Any]) -> bytes:
    """Fonts come from the front end's build; where that has none, from what the machine has."""
    fonts = [str(_FONTS)] if _FONTS.is_dir() else []
    made = typst.compile(str(_SHEET), font_paths=fonts, sys_inputs={"posters": json.dumps(given, ensure_ascii=False)})
    return bytes(made)


def _svg(url: str) -> str:
    """Level Q still reads with a quarter of it torn off or painted over, as happens to posters."""
    out = BytesIO()
    segno.make(url, error="q", micro=False, boost_error=False).save(out, kind="svg", border=3, scale=10, dark="#000")
    return out.getvalue().decode()
