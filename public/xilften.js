// What Chainlit leaves out: names for its icon buttons, an answer read aloud by screen readers, and a line
// that says what the model is doing while it is not ready.
(() => {
  "use strict";

  const NAMES = {
    "#chat-input": "Message to XILFTEN",
    "#chat-submit": "Send",
    "#stop-button": "Stop",
    "#new-chat-button": "New conversation",
    "#sidebar-trigger-button": "Show or hide the conversations",
    "#search-chats-button": "Search the conversations",
    "#theme-toggle": "Light or dark",
    "button:has(> svg.lucide-copy)": "Copy this answer",
    "[data-sidebar] [aria-haspopup=menu]": "Rename or delete this conversation",
  };
  const ANSWERED = 900; // ms without a change: the answer is complete
  const POLL = 2000;

  const region = (id) => {
    const element = document.createElement("div");
    element.id = id;
    element.setAttribute("role", "status");
    element.setAttribute("aria-live", "polite");
    document.body.append(element);
    return element;
  };

  const name = () => {
    for (const [selector, label] of Object.entries(NAMES)) {
      for (const element of document.querySelectorAll(`${selector}:not([aria-label])`)) {
        element.setAttribute("aria-label", label);
      }
    }
  };

  const start = () => {
    const status = region("xilften-status");
    const said = region("xilften-said");
    let timer;
    let last = "";

    const read = () => {
      const answers = document.querySelectorAll('[data-step-type="assistant_message"] .message-content');
      const text = answers.length ? answers[answers.length - 1].innerText.trim() : "";
      if (text && text !== last && !document.querySelector("#stop-button")) said.textContent = last = text;
    };

    new MutationObserver((changes) => {
      if (changes.every((change) => said.contains(change.target) || status.contains(change.target))) return;
      name();
      clearTimeout(timer);
      timer = setTimeout(read, ANSWERED);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });

    const look = async () => {
      try {
        const health = await (await fetch("/health")).json();
        const hint = health.warming ? " You can already type." : "";
        const line = health.model_ready ? "" : health.detail + hint;
        if (status.textContent !== line) status.textContent = line;
        if (health.model_ready) return;
      } catch {
        status.textContent = "XILFTEN does not answer. Is it still running?";
      }
      setTimeout(look, POLL);
    };
    name();
    look();
  };

  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
