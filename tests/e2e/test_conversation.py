"""The conversation of the README in Chromium, with the real library and the real model."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Server, free_port, running, say, visit
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

PATIENCE = 300.0


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Server]:
    if importlib.util.find_spec("cli") is None:
        pytest.skip("no command line yet: cli.py is missing")
    port = free_port()
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    yield from running(Server(command, tmp_path, port, environment={"XILFTEN_HOME": str(tmp_path)}))


def test_conversation(page: Page, real: Server) -> None:
    visit(page, real.url)
    reply = say(page, "I watched Blade Runner last night, 9 out of 10. Gorgeous and melancholy.", PATIENCE)
    assert "Blade Runner" in reply and "9" in reply
    reply = say(page, "find me something similar", PATIENCE)
    assert len(reply.splitlines()) > 1, reply
    reply = say(page, "schedule The Matrix for Friday at 8pm", PATIENCE)
    assert "The Matrix" in reply and "Fri" in reply
    reply = say(page, "mash up Blade Runner and The Matrix", PATIENCE)
    assert len(reply) > 80, reply
    say(page, "undo that", PATIENCE)
    expect(page.locator('[data-step-type="tool"].text-red-500')).to_have_count(0)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    said = page.url
    real.restart()
    page.goto(said)
    expect(page.locator('[data-step-type="user_message"]')).to_have_count(5)
