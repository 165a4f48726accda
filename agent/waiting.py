"""Turns run one at a time, in the order they came; who waits knows how many are before them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK = 0.05
"""Seconds between two looks at ``stop``, which may be set without a word to the line."""


class Line:
    """Where turns stand until all that came before them are over."""

    def __init__(self) -> None:
        self.closed = False
        self._places: list[Place] = []
        self._moved = threading.Condition()

    @contextmanager
    def place(self) -> "Iterator[Place]":
        """Stand at the end of the line; whoever leaves the block, however, lets the next one move up."""
        place = Place(self)
        with self._moved:
            self._places.append(place)
        try:
            yield place
        finally:
            with self._moved:
                self._places.remove(place)
                self._moved.notify_all()

    def close(self) -> None:
        """Send away all who wait and who come later, and wait until the turn that runs is over."""
        with self._moved:
            self.closed = True
            self._moved.notify_all()
            self._moved.wait_for(lambda: not self._places)

    def before(self, place: "Place") -> int:
        """How many stand before a place."""
        with self._moved:
            return self._places.index(place)

    def until_moved(self, place: "Place", ahead: int) -> None:
        """Wait a moment, or less if no longer ``ahead`` places are before this one."""
        with self._moved:
            self._moved.wait_for(lambda: self.closed or self._places.index(place) != ahead, _LOOK)


class Place:
    """One turn's place in the line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @property
    def first(self) -> bool:
        """Whether it is this one's turn."""
        return not self._line.closed and self._line.before(self) == 0

    def wait(self, stop: threading.Event) -> Iterator[int]:
        """Wait until this place is the first; less long when ``stop`` is set or the line closed.

        Yields:
            How many are ahead: at once, and again whenever it has changed. Nothing if nobody is.
        """
        told = 0
        while (ahead := self._line.before(self)) and not stop.is_set() and not self._line.closed:
            if ahead != told:
                told = ahead
                yield ahead
            self._line.until_moved(self, ahead)
