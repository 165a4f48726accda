"""The page while the model is still warming."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import ROOT, Server, answers, free_port, running, visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    script = ROOT / "tests" / "chat" / "scripted.py"
    yield from running(Server([sys.executable, str(script), str(tmp_path), str(port), "12"], tmp_path, port))


def test_page_is_used_while_the_model_warms(page: Page, cold: Server) -> None:
    visit(page, cold.url)
    status = page.locator("#xilften-status")
    expect(status).to_have_text("Warming the model (scripted). You can already type.")
    page.fill("#chat-input", "hello")
    page.click("#chat-submit:not([disabled])")
    waiting = page.locator('[data-step-type="tool"]')
    expect(waiting).to_have_text("Warming the model (scripted).")
    expect(answers(page).last).to_have_text("You said: hello", timeout=20_000)
    expect(waiting).to_have_text("The model is ready (scripted).")
    expect(status).to_be_empty()
