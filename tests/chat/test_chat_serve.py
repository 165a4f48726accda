import socket
from pathlib import Path

import pytest
from scripted import ScriptedCompanion

from app import serve
from store.errors import Unavailable, XilftenError
from store.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "example.org"])
def test_other_machines_are_not_served(tmp_path: Path, host: str) -> None:
    with pytest.raises(XilftenError, match=r"127\.0\.0\.1"):
        serve(Settings(home=tmp_path, host=host, port=0), ScriptedCompanion(tmp_path))  # type: ignore[arg-type]


def test_taken_port_names_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match="--port"):
            serve(Settings(home=tmp_path, port=port), ScriptedCompanion(tmp_path))  # type: ignore[arg-type]
