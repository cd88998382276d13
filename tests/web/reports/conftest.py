import pytest

from tanxin.core.access import Role


@pytest.fixture
def sol(world):
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    return world.actor("sol")
