"""A server in its own process, and what a person does on its page."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A server process; ``restart`` ends it as a user would and starts it again on the same port."""

    command: Sequence[str]
    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        log = (self.home / "server.log").open("ab")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.environment}
        # Another working directory: whatever the server writes there is found by a test.
        folder = self.home / "cwd"
        folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            self.command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log()
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=5).close()
                return
            except OSError:
                time.sleep(0.2)
        pytest.fail(f"The server did not start.\n{self.log()}")

    def stop(self) -> int:
        assert self.process
        self.process.terminate()
        return self.process.wait(20)

    def restart(self) -> None:
        self.stop()
        self.start()

    def log(self) -> str:
        return (self.home / "server.log").read_text()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def running(server: Server) -> Iterator[Server]:
    server.start()
    yield server
    if server.process and server.process.poll() is None:
        server.stop()


def visit(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("#chat-input")).to_be_visible(timeout=30_000)


def say(page: Page, words: str, seconds: float = 20) -> str:
    """Say something and wait until the answer is complete; returns the answer."""
    before = answers(page).count()
    page.fill("#chat-input", words)
    # Enter is ignored until the socket is up; the button is enabled then.
    page.click("#chat-submit:not([disabled])")
    expect(answers(page)).not_to_have_count(before, timeout=seconds * 1000)
    expect(page.locator("#chat-submit")).to_be_visible(timeout=seconds * 1000)
    # With its first answer a conversation gets an address, and the page builds its box anew.
    page.wait_for_url("**/thread/**", timeout=seconds * 1000)
    return answers(page).last.inner_text()


def answers(page: Page) -> Locator:
    return page.locator('[data-step-type="assistant_message"] .message-content')
