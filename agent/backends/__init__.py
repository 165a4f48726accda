"""The chat models XILFTEN can talk to, behind one small interface.

``choose_backend`` follows the setting ``XILFTEN_BACKEND`` and returns a ``Backend`` that is ready to use;
``describe_backend`` only looks, for ``xilften doctor``.
"""

from agent.backends.base import Backend, CutShort, EmptyAnswer, Progress
from agent.backends.choose import BackendReport, choose_backend, describe_backend

__all__ = [
    "Backend",
    "BackendReport",
    "CutShort",
    "EmptyAnswer",
    "Progress",
    "choose_backend",
    "describe_backend",
]
