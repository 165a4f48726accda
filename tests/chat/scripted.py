"""A companion that says what the test told it to: the page without a model and without a library."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from agent.events import Call, Confirm, Done, Event, Step, Text, Thinking, Turn, Understood
from store.errors import NotFound
from store.settings import Settings

Script = Callable[[threading.Event], Iterator[Event]]

LOG = {"title": "Blade Runner", "rating": 9, "watched": "last night", "text": "Gorgeous and melancholy"}
CONFIRM = Confirm(tool="delete_review", args={}, token="token-1", message="Delete your review of M*A*S*H?")
ODD = ("Mission: Impossible", "Thor:Ragnarok", "M*A*S*H", "[REC]", "What_the #$*! Do We Know!?", "12:01 PM")


class ScriptedCompanion:
    """Has the shape of agent.Companion, and forgets nothing within ``home``."""

    backend_name = "scripted"

    def __init__(self, home: Path, warming_seconds: float = 0.0) -> None:
        self._said = home / "said.txt"
        self._warming_seconds = warming_seconds
        self.ready = False
        self.status = "The model is cold."
        self.closed = False
        self.saw_stop = threading.Event()

    def warm(self) -> None:
        self.status = "Warming the model (scripted)."
        time.sleep(self._warming_seconds)
        self.status = "The model is ready (scripted)."
        self.ready = True

    def close(self) -> None:
        self.closed = True
        with self._said.open("a") as out:
            out.write("closed\n")

    def turn(
        self,
        thread: str,
        text: str,
        *,
        confirm: str | None = None,
        yes: bool = False,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        stop = stop or threading.Event()
        with self._said.open("a") as out:
            out.write(f"{thread}\t{text}\t{confirm}\n")
        words = text.lower()
        yield Thinking()
        while not self.ready:
            time.sleep(0.02)
        if confirm:
            yield from self._say(f"Deleted, as you said ({confirm}).")
        elif "watched" in words:
            yield from self._log()
        elif words == "no":
            yield from self._say("Kept. Nothing has changed.")
        elif "delete" in words:
            yield Done(turn=Turn(confirm=CONFIRM))
        elif "slow" in words:
            yield from self._slowly(stop)
        elif "odd titles" in words:
            yield from self._say("\n".join(f"{place}. {title}" for place, title in enumerate(ODD, 1)))
        elif "unknown film" in words:
            yield Text(delta="Let me look. ")
            raise NotFound("There is no film called M*A*S*H here. Did you mean MASH?", ["MASH"])
        elif "crash" in words:
            raise RuntimeError("secret detail")
        elif "before" in words:
            yield from self._say("You said before: " + "; ".join(self._said_in(thread)[:-1]))
        else:
            yield from self._say(f"You said: {text}")

    def waits_for_yes(self, thread: str) -> Confirm | None:
        said = self._said_in(thread)
        return CONFIRM if said and "delete" in said[-1] else None

    def _said_in(self, thread: str) -> list[str]:
        lines = [line.split("\t") for line in self._said.read_text().splitlines()]
        return [line[1] for line in lines if line[0] == thread]

    def _say(self, reply: str) -> Iterator[Event]:
        for word in reply.split(" "):
            yield Text(delta=word + " ")
            time.sleep(0.01)
        yield Done(turn=Turn(reply=reply))

    def _log(self) -> Iterator[Event]:
        yield Understood(text="Blade Runner (1982), last night, 9 out of 10")
        running = Call(tool="log_review", args=LOG)
        yield Step(id="1", status="running", call=running)
        time.sleep(0.3)
        summary = "Logged Blade Runner (1982): 9/10, watched last night."
        done = running.model_copy(update={"result": {"summary": summary}})
        yield Step(id="1", status="done", call=done)
        yield from self._say(
            "Logged Blade Runner (1982): 9 out of 10, watched last night. "
            "“Gorgeous and melancholy” is kept with it.\n\n"
            "That makes it your highest-rated science fiction this year."
        )

    def _slowly(self, stop: threading.Event) -> Iterator[Event]:
        yield Step(id="1", status="running", call=Call(tool="search_library", args={"text": "slow"}))
        for number in range(600):
            if stop.is_set():
                self.saw_stop.set()
                with self._said.open("a") as out:
                    out.write("stopped\n")
                break
            yield Text(delta=f"word{number} ")
            time.sleep(0.05)
        yield Done(turn=Turn(reply="stopped"))


if __name__ == "__main__":  # python tests/chat/scripted.py HOME PORT [WARMING_SECONDS]
    from app import serve

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    serve(
        Settings(home=folder, port=int(sys.argv[2])),
        ScriptedCompanion(folder, *(float(seconds) for seconds in sys.argv[3:])),  # type: ignore[arg-type]
    )
