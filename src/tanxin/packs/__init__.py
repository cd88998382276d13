"""The packs that ship with Tanxin: data only, one directory each, with cases beside the rules.

A realm adopts them by name; its own packs live in its database and are checked together with these.
"""

from importlib.resources import files

NATIONAL = "national"
THREE_MUSTS = "three-musts"
DEMO_COMMISSION = "demo-commission"
SHIPPED = (NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
# Compiled from published rules, by type of organisation; adopted only by name.
EXAMPLES = ("university", "branch", "hospital", "bureau", "court", "discipline", "township")
LIBRARY = SHIPPED + EXAMPLES


def shipped_sources(*names: str) -> dict[str, str]:
    """Return file name → text of the packs of these names, of ``SHIPPED`` where none is given."""
    directory = files(__name__)
    return {
        f"{name}/pack.yaml": (directory / name / "pack.yaml").read_text(encoding="utf-8")
        for name in names or SHIPPED
    }
