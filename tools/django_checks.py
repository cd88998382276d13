"""Django's own checks as production would run them, and models without a migration."""

import os
import sys
import tempfile

import django
from django.core.management import CommandError, call_command

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
    "TANXIN_HOME": tempfile.mkdtemp(prefix="tanxin-check-"),
    "TANXIN_SECRET_KEY": "0Zq9-only-for-this-check-kX7vB2nM5wP8sD1fG4hJ6lTyRuEa",
}


def main() -> int:
    django.setup()
    try:
        call_command("check", deploy=True, fail_level="WARNING")
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except (CommandError, SystemExit) as problem:
        print(problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
