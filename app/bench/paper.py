"""`motcua bench paper`: the figures of paper and signature, room by room, each printed as it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.bench import scanning, signing
from app.bench.timing import Measure

Room = Callable[[], Iterator[Measure]]

# A further room is one line here.
ROOMS: dict[str, Room] = {
    "signing": signing.measures,
    "scanning": scanning.measures,
}


def measures(rooms: Sequence[str]) -> Iterator[Measure]:
    """Yield the figures of the rooms asked for, of all of them when none is."""
    for name in rooms or tuple(ROOMS):
        yield from ROOMS[name]()
