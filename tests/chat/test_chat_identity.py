import stat
from pathlib import Path

from chat.identity import signing_key


def test_key_is_made_once_and_private(tmp_path: Path) -> None:
    key = signing_key(tmp_path / "home")
    file = tmp_path / "home" / "page.key"
    file.chmod(0o644)
    assert signing_key(tmp_path / "home") == key
    assert len(key) >= 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_emptied_key_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "page.key").touch()
    assert signing_key(tmp_path)
    assert signing_key(tmp_path) == signing_key(tmp_path)
