import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import qrcode
import typst
from django.conf import settings
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

TEMPLATES = Path(__file__).parent
CHINESE = (
    "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans Hans", "Microsoft YaHei",
    "PingFang SC", "HarmonyOS Sans SC", "SimHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
    "Noto Serif CJK SC",
)  # fmt: skip


class ChineseFontMissing(Exception):
    """No Chinese font is installed, and a paper with empty boxes is worse than none."""


def pdf_of(template: str, values: Mapping[str, object]) -> bytes:
    """Set ``template`` with ``values``, which it reads as JSON; archive grade (PDF/A-2b)."""
    source = (TEMPLATES / template).read_bytes()
    inputs = {"values": json.dumps({**values, "fonts": chinese_fonts()}, ensure_ascii=False)}
    return typst.compile(source, None, font_paths=fonts(), sys_inputs=inputs, pdf_standards="a-2b")


@lru_cache(maxsize=1)
def chinese_fonts() -> list[str]:
    """The Chinese families there are, the best first; raises ``ChineseFontMissing``."""
    known = set(fonts().families())
    found = [family for family in CHINESE if family in known]
    if not found:
        raise ChineseFontMissing
    return found


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Looked up once per process: the machine's, typst's own, and those of ``TANXIN_FONTS``."""
    folders = [Path(settings.TANXIN_FONTS)] if settings.TANXIN_FONTS else []
    return typst.Fonts(font_paths=folders)


def code_of(content: bytes) -> str:
    """A QR code as SVG."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(content, optimize=0)
    picture = BytesIO()
    code.make_image(image_factory=SvgPathImage).save(picture)
    return picture.getvalue().decode()
