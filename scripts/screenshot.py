"""Take the README's picture: one conversation with a running XILFTEN, as a browser shows it.

python scripts/screenshot.py http://localhost:8765 [docs/page.png] [--say WORDS]... [--light]
"""

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FIRST_WORDS = "I watched Blade Runner last night, 9 out of 10. Gorgeous and melancholy."
PATIENCE = 300_000
# The page scrolls the last question to its top; the picture shows the conversation from its start.
TO_THE_TOP = "document.querySelectorAll('*').forEach(e => { if (e.scrollTop) e.scrollTop = 0 })"


def say(page: Page, words: str) -> None:
    """Say something and wait until the answer is complete."""
    answers = page.locator('[data-step-type="assistant_message"]')
    before = answers.count()
    page.fill("#chat-input", words)
    page.click("#chat-submit:not([disabled])")
    answers.nth(before).wait_for(timeout=PATIENCE)
    page.locator("#chat-submit").wait_for(timeout=PATIENCE)


def main() -> None:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("file", nargs="?", type=Path, default=Path("docs/page.png"))
    parser.add_argument("--say", action="append", metavar="WORDS", help="what to say, once per turn")
    parser.add_argument("--light", action="store_true", help="the light theme")
    chosen = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000}, device_scale_factor=1.5)
        theme = "light" if chosen.light else "dark"
        page.add_init_script(f"localStorage.setItem('vite-ui-theme', '{theme}')")
        page.goto(chosen.url)
        page.locator("#chat-input").wait_for()
        for words in chosen.say or [FIRST_WORDS]:
            say(page, words)
        page.wait_for_timeout(1500)  # the last token settles, the tooltip goes
        page.evaluate(TO_THE_TOP)
        page.wait_for_timeout(300)
        chosen.file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=chosen.file)
        browser.close()


if __name__ == "__main__":
    main()
