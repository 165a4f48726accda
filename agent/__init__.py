"""One turn of a conversation: read, choose, check, act, answer."""

from agent.companion import Companion
from agent.events import Call, Confirm, Done, Event, Step, Text, Thinking, Turn, Understood, Usage, Waiting

__all__ = [
    "Call",
    "Companion",
    "Confirm",
    "Done",
    "Event",
    "Step",
    "Text",
    "Thinking",
    "Turn",
    "Understood",
    "Usage",
    "Waiting",
]
