"""What ``commission.yaml`` says, typed."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    size: int
    shares_with: str = ""


@dataclass(frozen=True, slots=True)
class Institution:
    name: str
    short: str
    head: str
    size: int
    branches: int
    sections: tuple[str, ...]

    @property
    def branch_names(self) -> tuple[str, ...]:
        if self.branches == 1:
            return (f"{self.short}党支部",)
        return tuple(f"{self.short}第{'一二三'[n]}党支部" for n in range(self.branches))


@dataclass(frozen=True, slots=True)
class Plan:
    name: str
    code: str
    party_group: str
    committee: str
    leaders: tuple[dict[str, Any], ...]
    departments: tuple[Department, ...]
    institutions: tuple[Institution, ...]
    retired: dict[str, Any]
    personas: tuple[dict[str, Any], ...]
    words: dict[str, str]
    origins: tuple[str, ...]

    def branch_of_department(self, name: str) -> str:
        """Small departments share a branch, named after the one that leads it."""
        for each in self.departments:
            if each.shares_with and name in {each.name, each.shares_with}:
                return f"{each.name}{each.shares_with}联合党支部"
        return f"{name}党支部"


@cache
def read_plan() -> Plan:
    text = files(__package__).joinpath("commission.yaml").read_text(encoding="utf-8")
    given = yaml.safe_load(text)
    return Plan(
        name=given["name"],
        code=given["code"],
        party_group=given["party_group"],
        committee=given["committee"],
        leaders=tuple(given["leaders"]),
        departments=tuple(
            Department(each["name"], each["size"], each.get("with", ""))
            for each in given["departments"]
        ),
        institutions=tuple(
            Institution(**{**each, "sections": tuple(each["sections"])})
            for each in given["institutions"]
        ),
        retired=given["retired"],
        personas=tuple(given["personas"]),
        words={name: given[name] for name in ("surnames", "men", "women")},
        origins=tuple(given["origins"]),
    )
