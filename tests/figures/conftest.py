"""Tests here live in a house of their own, with a province, two communes and dossiers that wait for facts."""

import pytest

from tests.figures.histories import World, make_world
from tests.support.house import *  # noqa: F403 - the fixtures of the house, by name in its __all__
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__


@pytest.fixture
def world(house) -> World:
    """Units and dossiers, written once; the examples of a property rewrite only their facts."""
    return make_world(house)
