"""Tests here live in a planted house: the demo's people and procedures, a clock that is moved by hand."""

from tests.support.house import *  # noqa: F403 - the fixtures of the house, by name in its __all__
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
