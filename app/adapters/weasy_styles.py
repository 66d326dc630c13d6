"""A repair of WeasyPrint 70: what a style comes to is reckoned once, not again for every form.

Forms are drawn from a few templates with the same style sheets: of the five thousand properties that Mẫu 01 asks for,
every one had come to the same value on the sheet before. Values are kept by what they follow from: the declarations
that won, and those of every element around. Only reckoned values are kept; what layout changes later is not.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.text.fonts import FontConfiguration

_MOST: Final = 600  # styles of some eight kilobytes; Mẫu 01 has 75
# Reckoning one of these notes the value before it, which is told apart from the reckoned one.
_NOTED: Final = frozenset({"position", "float", "display", "page"})
_FROM_ATTRIBUTES: Final = frozenset({"lang", "anchor"})
_original_set = StyleFor.set_computed_styles
_original_missing = ComputedStyle.__missing__


@dataclass(frozen=True, slots=True)
class _Known:
    """A style's reckoned values; its declarations are held so that no other can take their identity."""

    place: int
    declared: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)


class KeptFonts(FontConfiguration):  # type: ignore[misc]  # the library is untyped
    """Fonts of one printer, and the styles it has reckoned with them; other documents are drawn as they always were."""

    def __init__(self) -> None:
        super().__init__()
        self._places = count()
        self._known: OrderedDict[object, _Known] = OrderedDict()

    def style_of(self, around: object, pseudo_type: str | None, declared: dict[str, Any]) -> _Known:
        """What is known of a style with these declarations within the style `around`."""
        key = (around, pseudo_type, tuple(_told(name, *how) for name, how in declared.items()))
        if key not in self._known:
            self._known[key] = _Known(next(self._places), dict(declared))
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


def repair() -> None:
    """Let documents with kept fonts remember styles; a second call changes nothing."""
    StyleFor.set_computed_styles = _set_computed_styles
    ComputedStyle.__missing__ = _missing


def take_back() -> None:
    """Put back what the library does."""
    StyleFor.set_computed_styles = _original_set
    ComputedStyle.__missing__ = _original_missing


def _set_computed_styles(
    self: Any,
    element: Any,
    parent: Any,
    root: Any = None,
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: Any = None,
) -> None:
    _original_set(self, element, parent, root, pseudo_type, base_url)
    style = self.get_computed_styles()[element, pseudo_type]
    around = base_url if parent is None else getattr(style.parent_style, "place", None)
    # An address is told by one form alone, and may hold a secret.
    if around is not None and isinstance(self.font_config, KeptFonts) and "link" not in style.cascaded:
        known = self.font_config.style_of(around, pseudo_type, style.cascaded)
        style.place, style.known = known.place, known.values
        style.update(known.values)
    if target_collector and style["anchor"]:
        target_collector.collect_anchor(style["anchor"])


def _told(name: str, said: object, weight: tuple[Any, Any, Any]) -> tuple[object, ...]:
    # Sheets are kept, so that a declaration of theirs is always the same object; an attribute's is read anew.
    origin, layer, specificity = weight
    return (name, said if name in _FROM_ATTRIBUTES else id(said), origin, layer, *specificity)


def _missing(self: Any, name: str) -> Any:
    value = _original_missing(self, name)
    known = getattr(self, "known", None)  # copies, which layout changes, have none
    if known is not None and name not in _NOTED:
        known[name] = value
    return value
