"""``tanxin demo``: a lively organisation on SQLite, ready to click through."""

import os
import secrets
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import click

from tanxin.cli.processes import Parts, granian, wait_until

START_WITHIN_SECONDS = 60
# Nobody's secrets are in it, and its screenshots alone open thousands of records.
DEMO_QUOTA = 1_000_000


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and build it anew.")
@click.option("--home", default="var/demo", show_default=True, type=click.Path(path_type=Path))
@click.option("--seed-only", is_flag=True, help="Build the data and stop.")
def command(port: int, home: Path, *, fresh: bool, seed_only: bool) -> None:
    """Set up everything under HOME and open the demo realm."""
    home = home.resolve()
    if fresh:
        throw_away(home)
    environment = prepare(home)
    parts = Parts(environment, log=home / "demo.log")
    try:
        start_keeper(parts, home)
        build(parts, home)
        if not seed_only:
            open_doors(parts, port)
    finally:
        parts.stop()


def throw_away(home: Path) -> None:
    if home.exists() and not (home / "demo").exists():
        raise click.ClickException(f"不是演示数据，未作改动 / Not a demo, left as it is: {home}")
    shutil.rmtree(home, ignore_errors=True)


def prepare(home: Path) -> dict[str, str]:
    if home.exists() and any(home.iterdir()) and not (home / "demo").exists():
        raise click.ClickException(
            f"已有其他数据，请用 --home 另选目录 / Other data is there; choose --home: {home}"
        )
    os.umask(0o077)  # what the demo writes is for whoever started it
    home.mkdir(parents=True, exist_ok=True)
    (home / "demo").touch()
    secret = home / "secret_key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48), encoding="ascii")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TANXIN_")}
    return kept | {
        "TANXIN_HOME": str(home),
        "TANXIN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
    }


def start_keeper(parts: Parts, home: Path) -> None:
    keeper = home / "keeper"
    keeper.mkdir(mode=0o700, exist_ok=True)
    socket = keeper / "keeper.sock"
    parts.start(
        "keeper", "tanxin.keeper", "--socket", str(socket), "--home", str(keeper),
        "--believe-web", "--idle-minutes", "45", "--quota", str(DEMO_QUOTA),
        "--realm-quota", str(DEMO_QUOTA), "--search-quota", str(DEMO_QUOTA),
    )  # fmt: skip
    if not wait_until(socket.exists, seconds=START_WITHIN_SECONDS):
        raise click.ClickException(
            f"保密机未能启动 / The keeper did not start: {home / 'demo.log'}"
        )


def build(parts: Parts, home: Path) -> None:
    """Migrate, gather the static files when the bundle changed, seed once."""
    if parts.run("tanxin", "migrate", "--quiet") != 0:
        raise click.ClickException("数据库未能更新 / The database could not be brought up to date.")
    seeded = home / "seeded"
    if not seeded.exists():
        if parts.run("tanxin.demo") != 0:
            raise click.ClickException(
                "演示数据未能建成，请加 --fresh 重试 / The demo was not built; try --fresh."
            )
        seeded.touch()


def open_doors(parts: Parts, port: int) -> None:
    address = f"http://127.0.0.1:{port}/"
    if answers(address):
        raise click.ClickException(
            f"端口 {port} 已被占用，请换一个 / Port {port} is taken, choose another:"
            " make demo PORT=8001"
        )
    parts.start("web", *granian("127.0.0.1", port))
    parts.start("worker", "tanxin", "worker")
    if not wait_until(lambda: answers(address), seconds=START_WITHIN_SECONDS):
        raise click.ClickException(f"网页服务未能启动 / The web server did not start: {parts.log}")
    click.echo(f"\n  谈心 Tanxin  →  {address}\n  按 Ctrl-C 停止 / Stop with Ctrl-C\n")
    ended = parts.wait()
    if ended:
        raise click.ClickException(f"{ended} 进程已退出 / The {ended} process ended: {parts.log}")


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
