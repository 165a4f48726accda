"""Opening a library from a script, as the design shows it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import Conflict, Library, NeedsConfirmation, Settings, Unavailable, XilftenError, open_library


def test_the_designs_example(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with open_library(settings) as library:
        library.save_preset(name="Short sci-fi", genres=["sci-fi"], max_runtime=100)
        library.log_review(title="Blade Runner", rating=9, watched="last night", text="Gorgeous and melancholy")
        for film in library.recommend(preset="Short sci-fi", limit=5).films:
            print(film.title, film.score, film.reasons)
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_a_missing_library_is_made_and_seeded(tmp_path: Path) -> None:
    with open_library(Settings(home=tmp_path / "new")) as library:
        assert library.db.read("SELECT count(*) AS n FROM media") == [{"n": 100}]


def test_the_folder_comes_from_the_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XILFTEN_HOME", str(settings.home))
    with open_library() as library:
        assert library.settings.database == settings.database


def test_what_was_written_is_there_after_a_restart(settings: Settings) -> None:
    with open_library(settings) as library:
        library.log_review(title="Up", rating=8)
    with open_library(settings) as library:
        assert library.list_reviews().reviews[0].title == "Up"


def test_a_second_opening_seeds_nothing(settings: Settings) -> None:
    with open_library(settings) as library, library.db.write("tidy") as write:
        write.delete("media", library.titles.resolve("Heat").id)
    with open_library(settings) as library:
        assert library.db.read("SELECT count(*) AS n FROM media") == [{"n": 99}]


def test_a_library_that_is_open_elsewhere_names_the_holder(settings: Settings) -> None:
    script = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(settings.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline()
        with pytest.raises(Unavailable, match=str(holder.pid)):
            open_library(settings)
        holder.communicate()


def test_an_error_in_the_block_closes_the_library(settings: Settings) -> None:
    with pytest.raises(RuntimeError), open_library(settings):
        raise RuntimeError
    with open_library(settings) as library:
        assert library.list_genres().genres


def test_a_tool_is_called_by_name(library: Library) -> None:
    assert library.call("get_media", {"title": "Up"}) == library.get_media(title="Up")


@pytest.mark.parametrize("error", [Conflict, NeedsConfirmation, Unavailable])
def test_every_error_is_caught_as_one(error: type[Exception]) -> None:
    assert issubclass(error, XilftenError)


def test_writes_of_several_threads_all_count(library: Library) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda day: library.log_viewing(title="Up", watched=f"2025-10-{day:02}"), range(1, 21)))
    assert library.list_viewings(title="Up").total == 20


def test_all_is_well_after_every_kind_of_write(furnished: Library, confirmed: Any) -> None:
    confirmed("delete_media", title="Alien")
    furnished.undo()
    assert furnished.verify(repair=False) == []
