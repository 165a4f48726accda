"""The HTML around the page, cleaned of everything that would reach out of this machine."""

import base64
import hashlib
import re

from chainlit import server

# Chainlit links Google's font hosts and a stylesheet for formulas from a CDN. The browser would knock at
# those hosts even where the Content-Security-Policy forbids to load from them.
_REMOTE = re.compile(r"\s*<(?:link|meta)\b[^>]*(?:href|content)=\"https?://[^>]*>")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_template = server.get_html_template


def _local_template(root_path: str) -> str:
    return _REMOTE.sub("", _template(root_path))


def use_local_shell() -> tuple[str, ...]:
    """Make Chainlit serve the cleaned HTML.

    Returns:
        the CSP hashes of the inline scripts left in it, which are ours and Chainlit's own.
    """
    server.get_html_template = _local_template
    scripts = _INLINE_SCRIPT.findall(_local_template(""))
    return tuple(f"'sha256-{_digest(script)}'" for script in scripts)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
