"""Make sure that a Chromium for the browser tests is there, or say in a sentence how to get one."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    packages = ["chromium", "fonts-noto-cjk"]
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, **quiet)


def main() -> int:
    if not found() and may_install():
        print("Installing Chromium for the browser tests …", flush=True)
        install()
    if found():
        return 0
    print(
        "The browser tests need Chromium on the PATH. Install it, for instance with\n"
        "    sudo apt-get install chromium fonts-noto-cjk\n"
        "and run the command again."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
