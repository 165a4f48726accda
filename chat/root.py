"""The folder Chainlit takes for its own, kept below XILFTEN_HOME."""

import os
import shutil
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent


def prepare(home: Path) -> Path:
    """Lay out Chainlit's folder and point Chainlit at it; must run before Chainlit is imported.

    Chainlit writes translations, uploads and a default configuration beside its configuration. Ours is
    therefore copied below ``home`` at every start, so neither the working directory nor an installed
    (perhaps read-only) XILFTEN is ever written to.

    Args:
        home: the library's folder.

    Returns:
        the folder Chainlit uses in this process.
    """
    if "chainlit.config" in sys.modules:
        return Path(os.environ["CHAINLIT_APP_ROOT"])
    root = home / "page"
    root.mkdir(parents=True, exist_ok=True)
    for folder in (".chainlit", "public"):
        shutil.copytree(SOURCE / folder, root / folder, dirs_exist_ok=True)
    # The second name is the one Chainlit asks for first; without it every page load logs a warning.
    for name in ("chainlit.md", "chainlit_en-US.md"):
        shutil.copy(SOURCE / "chainlit.md", root / name)
    os.environ["CHAINLIT_APP_ROOT"] = str(root)
    # Chainlit would load .env of the working directory into the environment of the whole process.
    os.environ["CHAINLIT_ENV_FILE"] = os.devnull
    # Browsers send a cookie to every port of a host; Chainlit's own name for it would clash with other apps.
    os.environ["CHAINLIT_AUTH_COOKIE_NAME"] = "xilften_session"
    # Each of these would send conversations, or that they take place, elsewhere.
    os.environ["TRACELOOP_TELEMETRY"] = "false"
    os.environ.pop("LITERAL_API_KEY", None)
    os.environ.pop("DATABASE_URL", None)
    return root
