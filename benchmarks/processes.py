"""XILFTEN in processes of its own, as a user runs it, and what they cost."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx

ROOT = Path(__file__).resolve().parent.parent
XILFTEN = Path(sys.executable).with_name("xilften")
_PATIENCE = 600.0
_LOOK_AGAIN = 0.02


def environment(scratch: Path, **settings: str) -> dict[str, str]:
    """The caller's environment without its XILFTEN and Python settings, and with these instead.

    Bytecode is kept in the scratch folder: a user's installer compiles the packages, whereas a developer's
    environment may forbid it, and compiling thousands of files at each start is not what is measured.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XILFTEN_", "PYTHON", "VIRTUAL_ENV", "CHAINLIT_"))
    }
    return {**kept, "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"), **settings}


def run(*command: str | Path, env: Mapping[str, str], cwd: Path) -> tuple[float, str]:
    """Run a command to its end.

    Returns:
        The wall seconds, and what it wrote to stdout.

    Raises:
        RuntimeError: it failed; a figure of a failure says nothing.
    """
    started = time.perf_counter()
    done = subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{done.stdout[-500:]}{done.stderr[-2000:]}")
    return seconds, done.stdout


class App:
    """A running ``xilften serve``; it is stopped at the end of the block.

    Args:
        env: its environment.
        cwd: where it runs.
    """

    def __init__(self, env: Mapping[str, str], cwd: Path) -> None:
        self._env = env
        self._cwd = cwd
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.url = f"http://127.0.0.1:{probe.getsockname()[1]}"

    def __enter__(self) -> Self:
        port = self.url.rsplit(":", 1)[1]
        self._client = httpx.Client(base_url=self.url, trust_env=False, timeout=_PATIENCE)
        self._log = (self._cwd / "serve.log").open("w+")
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [XILFTEN, "serve", "--port", port], env=self._env, cwd=self._cwd, stdout=self._log, stderr=self._log
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def seconds_until(self, path: str, **expected: object) -> float:
        """Seconds from the start of the process until a path answers 200, with these values in its JSON.

        Raises:
            RuntimeError: the process ended, or that never came.
        """
        while time.perf_counter() - self._started < _PATIENCE:
            if self._process.poll() is not None:
                break
            try:
                answer = self._client.get(path)
                if answer.status_code == 200 and _holds(answer, expected):
                    return time.perf_counter() - self._started
            except (httpx.TransportError, HTTPException):
                pass
            time.sleep(_LOOK_AGAIN)
        self._log.seek(0)
        raise RuntimeError(f"{path} of `xilften serve` did not come:\n{self._log.read()[-2000:]}")

    def memory(self) -> dict[str, float]:
        """Megabytes by their names in /proc; ``VmHWM`` is the peak of ``VmRSS`` so far."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        found = dict(line.split(":", 1) for line in status.splitlines())
        return {name: int(found[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM", "RssAnon", "RssFile")}

    def say(self, words: str) -> str:
        """One turn on the page's own socket, as the browser does it; returns the answer."""
        import socketio

        login = self._client.post("/auth/header", headers={"Origin": self.url})
        login.raise_for_status()
        cookie = "; ".join(f"{name}={value}" for name, value in login.cookies.items())
        said: list[dict[str, Any]] = []
        ended: list[bool] = []

        def hear(step: dict[str, Any]) -> None:
            if step["type"] == "assistant_message":
                said.append(step)

        client: Any = socketio.Client()
        client.on("new_message", hear)
        client.on("update_message", hear)
        client.on("task_end", lambda *_: ended.append(True))
        client.connect(
            self.url,
            socketio_path="/ws/socket.io",
            transports=["websocket"],
            headers={"Cookie": cookie},
            auth={"clientType": "webapp", "sessionId": str(uuid4()), "userEnv": "{}"},
        )
        try:
            client.emit("connection_successful")
            now = datetime.now(UTC).isoformat()
            message = {
                "id": str(uuid4()),
                "name": "You",
                "type": "user_message",
                "output": words,
                "createdAt": now,
            }
            client.emit("client_message", {"message": message, "fileReferences": []})
            deadline = time.monotonic() + _PATIENCE
            while not (said and len(ended) > 1) and time.monotonic() < deadline:
                time.sleep(_LOOK_AGAIN)
        finally:
            client.disconnect()
        if not said or said[-1].get("isError"):
            raise RuntimeError(f"The page did not answer “{words}”: {said}")
        return str(said[-1]["output"])


def _holds(answer: httpx.Response, expected: Mapping[str, object]) -> bool:
    found = answer.json() if expected else {}
    return all(found.get(name) == value for name, value in expected.items())
