"""Scans are bound in a planted house: the fixtures of the house, by name."""

from tests.support.house import *  # noqa: F403 - the fixtures of the house, by name in its __all__
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
