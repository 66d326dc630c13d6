"""When no further try can help (việc nền bị từ chối)."""

from __future__ import annotations


class JobRefused(Exception):
    """The job cannot be done however often it is tried; the sentence says why."""
