"""What XILFTEN can do, usable from any script: ``with open_library() as library: library.recommend()``."""

from store.errors import (
    Ambiguous,
    Conflict,
    Invalid,
    NeedsConfirmation,
    NotFound,
    Unavailable,
    XilftenError,
)
from store.settings import Settings
from tools.library import TOOLS, Library, open_library
from tools.tool import Result, Tool

__all__ = [
    "TOOLS",
    "Ambiguous",
    "Conflict",
    "Invalid",
    "Library",
    "NeedsConfirmation",
    "NotFound",
    "Result",
    "Settings",
    "Tool",
    "Unavailable",
    "XilftenError",
    "open_library",
]
