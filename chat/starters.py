"""What a newcomer can ask first."""

import chainlit as cl

STARTERS = {
    "log": "I watched Blade Runner last night, 9 out of 10. Gorgeous and melancholy.",
    "similar": "Find me something like Spirited Away",
    "plan": "Schedule The Matrix for Friday at 8pm",
    "mashup": "Mash up Blade Runner and The Matrix",
    "name": "What's that film where a man relives the same day?",
}


def starters() -> list[cl.Starter]:
    """The starters; each shows the words it will send, with an icon named after its key."""
    return [
        cl.Starter(label=words, message=words, icon=f"/public/icons/{icon}.svg")
        for icon, words in STARTERS.items()
    ]
