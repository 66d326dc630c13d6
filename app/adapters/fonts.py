"""The Tinos family (metric twin of Times New Roman) that every printed form embeds.

The four whole TTF files come from Debian's `fonts-croscore`, or from a folder the operator names. Split web
fonts print wrong Vietnamese, and fonts-liberation 1.x lacks 92 of its letters: neither will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workflows.errors import N_, RuleBroken

DEBIAN_FOLDER = Path("/usr/share/fonts/truetype/croscore")
_FACES = {
    "Tinos-Regular.ttf": ("400", "normal"),
    "Tinos-Bold.ttf": ("700", "normal"),
    "Tinos-Italic.ttf": ("400", "italic"),
    "Tinos-BoldItalic.ttf": ("700", "italic"),
}


class FontsMissing(RuleBroken):
    """Tinos is not installed: no form can be printed rightly."""

    code = "documents.fonts_missing"
    sentence = N_(
        "Thiếu phông chữ {missing} trong thư mục {folder}. "
        "Cài gói fonts-croscore, hoặc chỉ một thư mục khác có đủ bốn tệp Tinos."
    )


@dataclass(frozen=True, slots=True)
class Tinos:
    """The four faces in one folder. `open` checks that they are all there."""

    folder: Path

    @classmethod
    def open(cls, folder: Path = DEBIAN_FOLDER) -> Tinos:
        """The fonts of `folder`. Raises FontsMissing naming the files that are not there."""
        missing = [name for name in _FACES if not (folder / name).is_file()]
        if missing:
            raise FontsMissing(missing=", ".join(missing), folder=str(folder))
        return cls(folder)

    def files(self) -> dict[str, Path]:
        """File name to place, for the fetcher that serves them to the renderer."""
        return {name: self.folder / name for name in _FACES}

    @staticmethod
    def css(scheme: str) -> str:
        """@font-face rules whose addresses are `scheme` plus a file name."""
        return "\n".join(
            f'@font-face {{ font-family: Tinos; src: url("{scheme}{name}"); '
            f"font-weight: {weight}; font-style: {style} }}"
            for name, (weight, style) in _FACES.items()
        )
