"""Whether the user's words support an act at all: a small model likes to act on a mere thank-you."""

import re

from agent.notes import Notes

_WORDS = {
    "log_review": r"\b(watch|saw|seen|rat(e|ed|ing)|review|gave|give|score|stars?|finish|loved|hated|caught)",
    "update_review": r"\b(make|change|correct|actual|update|edit|wrong|meant|instead|no\b|it was|review|rat)",
    "log_viewing": r"\b(watch|saw|seen|see\b|finish|caught|rewatch|view|log|binge|stopped|half|turned)",
    "update_viewing": r"\b(change|correct|actual|wrong|meant|update|edit|was (on|at|with|in)|not\b|watch)",
    "schedule": r"\b(schedul|plan|remind|calendar|put|add|book|watch|see|set|movie night|want|let'?s)",
    "move_event": r"\b(move|reschedul|postpone|push|shift|change|instead|bring|make)",
    "complete_event": r"\b(done|complete|finish|watched|mark|tick|check)",
    "cancel_event": r"\b(cancel|remove|delete|drop|scrap|skip|off|forget|take)",
    "save_preset": r"\b(save|preset|create|make|remember|store|call)",
    "delete_preset": r"\b(delete|remove|drop|get rid)",
    "delete_review": r"\b(delete|remove|drop|erase|get rid)",
    "delete_viewing": r"\b(delete|remove|drop|erase|get rid)",
    "delete_media": r"\b(delete|remove|drop|erase|get rid)",
    "delete_mashup": r"\b(delete|remove|drop|erase|get rid)",
    "delete_field": r"\b(delete|remove|drop|erase|get rid)",
    "add_media": r"\b(add|create|new|put|insert)",
    "update_media": r"\b(change|correct|actually|update|edit|wrong|is|was|not|set|should|runs?)\b",
    "define_field": r"\b(field|define|create|track|custom)",
    "set_field": r"\b(set|field|mark|put|change|tag|is|to)\b",
    "rate_mashup": r"\b(rat|give|gave|score|mash)",
    "undo": r"\b(undo|revert|take (that|it) back|take back|roll ?back|oops|didn'?t mean|restore)",
    "mash_up": r"\b(mash|meets?|cross|mix|blend|combin|fuse|fusion|another take|\+|x)\b|mash",
}
"""What at least must be said for a tool that writes; reading needs no ground."""


_ASKED_FOR = ("mash_up", "undo")
"""Tools that a question may ask for: "what if Alien met Heat?"."""


def grounded(tool: str, notes: Notes) -> bool:
    """Whether the words hold what the act needs: one of its words, or for a review a rating.

    What the user only asks, denies, imagines or tells of others is no ground.
    """
    pattern = _WORDS.get(tool)
    if pattern is None:
        return True
    if tool in ("log_review", "update_review", "rate_mashup") and notes.given_ratings:
        return True
    return bool(re.search(pattern, notes.words if tool in _ASKED_FOR else notes.meant, re.IGNORECASE))
