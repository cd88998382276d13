import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command


@click.command()
@click.option("--quiet", is_flag=True)
def command(*, quiet: bool) -> None:
    """Bring the database up to date and gather the static files that changed."""
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
    gather_static(quiet=quiet)


def gather_static(*, quiet: bool) -> None:
    """Compressing takes seconds, so it is done only when a file is new or was changed."""
    now = fingerprint(Path(folder) for folder in settings.STATICFILES_DIRS)
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    call_command("collectstatic", verbosity=0 if quiet else 1, interactive=False, clear=True)
    stamp.write_text(now, encoding="ascii")


def fingerprint(folders: Iterable[Path]) -> str:
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                status = path.stat()
                found.append([str(path.relative_to(folder)), status.st_size, status.st_mtime_ns])
    return sha256(json.dumps(found).encode()).hexdigest()
