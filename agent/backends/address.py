"""Where a server is."""

from urllib.parse import urlsplit


def on_this_machine(url: str) -> bool:
    """Whether the address is loopback, which a proxy from the environment must never be asked for."""
    return urlsplit(url if "//" in url else f"//{url}").hostname in {"127.0.0.1", "localhost", "::1"}
