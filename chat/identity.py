"""Who is at the page: until logins exist, the one person at this machine."""

import os
import secrets
from pathlib import Path

IDENTIFIER = "you"


def signing_key(home: Path) -> str:
    """The key that signs the page's cookie, made once and kept in a file only the owner can read.

    Keeping it means a conversation stays open across a restart of the server.
    """
    file = home / "page.key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        file.chmod(0o600)
        key = file.read_text().strip()
        if key:
            return key
        handle = os.open(file, os.O_WRONLY | os.O_TRUNC)
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as out:
        out.write(key)
    return key
