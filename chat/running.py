"""What the page talks to in this process: the companion, and whether its model is still warming."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import XilftenError
from store.settings import Settings

if TYPE_CHECKING:
    from agent import Companion

log = logging.getLogger(__name__)

_PATIENCE = 10.0


class Running:
    """One companion and the state of its model.

    Args:
        companion: opened, warm or not.
        settings: the settings it was opened with.
    """

    def __init__(self, companion: "Companion", settings: Settings) -> None:
        self.companion = companion
        self.settings = settings
        self._warming: threading.Thread | None = None
        self._trouble: str | None = None

    def warm(self, then: Callable[[], object] = lambda: None) -> None:
        """Start warming the model in the background; returns at once.

        Args:
            then: called when the model is warm, or when it is clear that it will not be.
        """
        self._warming = threading.Thread(target=self._warm, args=[then], name="warming", daemon=True)
        self._warming.start()

    def _warm(self, then: Callable[[], object]) -> None:
        try:
            self.companion.warm()
        except XilftenError as error:
            self._trouble = str(error)
            log.warning("The model could not be warmed: %s", error)
        except Exception:
            self._trouble = "The model could not be started; the log has the details."
            log.exception("The model could not be warmed")
        finally:
            then()

    def close(self) -> None:
        """Close the companion; one that is still fetching or loading its model is not waited for."""
        closing = threading.Thread(target=self.companion.close, name="closing", daemon=True)
        closing.start()
        closing.join(_PATIENCE)
        if closing.is_alive():
            log.warning("The model was still busy at the end; nothing of the library is lost.")

    @property
    def warming(self) -> bool:
        """True while a turn had better wait."""
        return self._warming is not None and self._warming.is_alive() and not self.companion.ready

    @property
    def detail(self) -> str:
        """A sentence on what the model is doing, or why it is not there."""
        return self._trouble or self.companion.status


_running: Running | None = None


def connect(running: Running) -> None:
    """Make the page talk to this companion."""
    global _running
    _running = running


def current() -> Running:
    """The companion the page talks to."""
    if _running is None:
        raise RuntimeError("The page has no companion: make the app with app.create_app.")
    return _running
