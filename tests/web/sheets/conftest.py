import pytest


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path / "blobs")
