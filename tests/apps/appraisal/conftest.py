import pytest

from appraisal_steps import entrusted


@pytest.fixture
def staffed(world):
    return entrusted(world)
