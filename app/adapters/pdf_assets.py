"""The only things a form may load: fonts, by name. No network, no file reads, whatever a template says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.adapters.weasy import URLFetcher, URLFetcherResponse

SCHEME = "bundled:"


class AssetRefusedError(ValueError):
    """A form asked for something outside the bundle."""


class BundledAssets(URLFetcher):
    """WeasyPrint fetcher that serves a fixed set of files under `bundled:NAME` and refuses all else.

    `refused` keeps the addresses turned down, for the log and the tests.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._files = dict(files)
        self.refused: list[str] = []

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 — the signature WeasyPrint calls
    ) -> URLFetcherResponse:
        """The named file's bytes. Raises AssetRefusedError for any other address."""
        path = self._files.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if path is None:
            self.refused.append(url)
            raise AssetRefusedError(f"forms may not load {url}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
