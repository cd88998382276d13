"""The product's own settings, with the environment of a test run."""

import os
import tempfile
from pathlib import Path

HOME = Path(os.environ.setdefault("TANXIN_HOME", tempfile.mkdtemp(prefix="tanxin-test-")))
(HOME / "static").mkdir(parents=True, exist_ok=True)  # collected files; WhiteNoise looks for it
os.environ.setdefault("TANXIN_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("TANXIN_PLAIN_HTTP", "1")
os.environ.setdefault("TANXIN_STATIC_FROM_SOURCE", "1")
os.environ.setdefault("TANXIN_NO_POOL", "1")

from tanxin.config.settings import *  # noqa: E402, F403 - the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
