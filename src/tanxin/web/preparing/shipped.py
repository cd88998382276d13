"""Texts that come with the program: outlines by kind and type, guidance by kind."""

from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml
from django.utils.translation import get_language

from tanxin.apps.talks.outlines import outlines_of


@cache
def read(name: str) -> dict[str, dict[str, str]]:
    found: Any = yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text("utf-8"))
    return {key: dict(texts) for key, texts in found.items()}


def shipped(name: str, key: str) -> str:
    language = "en" if get_language() == "en" else "zh"
    return read(name).get(key, {}).get(language, "").strip()


def outline_for(realm_id: UUID, kind: str, type_id: str) -> str:
    """That of the type before that of its kind; the organisation's own before the shipped one."""
    own = outlines_of(realm_id)
    keys = [(kind, type_id), (kind, "")] if type_id else [(kind, "")]
    for key in keys:
        if key in own:
            return own[key].text
        if text := shipped("outlines", "/".join(filter(None, key))):
            return text
    return ""


def guidance_for(kind: str) -> list[str]:
    return shipped("guidance", kind).splitlines()
