"""The fixtures: a server in its own process, and a Chromium that may speak to nobody else."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # for browsing.py

from browsing import ROOT, Server, free_port, running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_LOCAL = re.compile(r"^(?:data:|blob:|(?:http|ws)://(?:localhost|127\.0\.0\.1):\d+/)")


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server around a scripted companion."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    script = ROOT / "tests" / "chat" / "scripted.py"
    yield from running(Server([sys.executable, str(script), str(home), str(port)], home, port))


# Not for the session: while Playwright runs, no other test in this process can start an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser: {CHROMIUM} is missing (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile; the test fails when it asks anything of another host."""
    foreign: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def noted(page: Page) -> None:
        page.on("request", lambda request: _note(request.url, foreign))
        page.on("requestfailed", lambda request: _forgive(request, foreign))
        page.on("websocket", lambda socket: _note(socket.url, foreign))

    context.on("page", noted)
    yield context
    context.close()
    assert foreign == []


def _forgive(request: Request, foreign: list[str]) -> None:
    # Chromium reports what the Content-Security-Policy stopped before it left as a request that failed.
    if request.failure == "csp" and request.url in foreign:
        foreign.remove(request.url)


def _note(url: str, foreign: list[str]) -> None:
    if not _LOCAL.match(url):
        foreign.append(url)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page
