"""Tests here live in a house of their own."""

from tests.support.house import *  # noqa: F403 - the fixtures of the house, by name in its __all__
