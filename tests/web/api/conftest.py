"""The API's tests live in the planted house."""

from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
