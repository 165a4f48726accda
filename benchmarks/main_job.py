"""The speed and size of the main job: setting up, starting, asking, writing, a turn with the built-in model.

    .venv/bin/python benchmarks/main_job.py [--setup] [--model] [--json]

Everything is real: processes as a user starts them, libraries in temporary folders, the page over HTTP and its
socket. Only where a figure is "without the model" a server on loopback stands for it that answers at once.

How to read it: "measured" is the median of several runs, with the fastest and the slowest, or with p95 (what 95
of 100 runs do not exceed). A median above its target is marked "over". "alternative" is the least that any
program on the same parts would need, measured in the same minutes, mostly run by run in turn: what is above it
is ours.
The first line tells how busy the machine was; figures of a machine with a load above its cores are provisional.
MB are 2**20 bytes. Seconds include the start of the process wherever there is one.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from asking import asking
from figures import Figure, print_table
from memory import memory_without_model
from processes import XILFTEN, environment, run
from setting_up import setting_up
from starting import starting
from turns import starting_with_model, turns
from writing import writing


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Measure the main job; the file's first lines say how to read it."
    )
    parser.add_argument("--setup", action="store_true", help="also set up a fresh clone and fetch the weights")
    parser.add_argument("--model", action="store_true", help="also with the built-in model (XILFTEN_MODELS)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    wanted = parser.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="xilften-benchmark-") as folder:
        figures = list(measure(Path(folder), setup=wanted.setup, model=wanted.model))
    machine = {
        "cores": os.cpu_count(),
        "load_before": round(before, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    if wanted.json:
        print(json.dumps({**machine, "figures": [figure.as_json() for figure in figures]}, indent=1))
    else:
        print_table(figures, _title(machine))


def measure(scratch: Path, *, setup: bool, model: bool) -> Iterator[Figure]:
    """All figures, the quick ones first."""
    _say("making a library")
    seeded = scratch / "seeded"
    env = environment(scratch, XILFTEN_HOME=str(seeded))
    run(XILFTEN, "--help", env=env, cwd=scratch)
    seconds, _ = run(XILFTEN, "seed", env=env, cwd=scratch)
    yield Figure(
        "first command: make, seed and index the library", [seconds], "s", note="compiles bytecode once"
    )
    _say("writing")
    yield from writing(_copy(seeded, scratch / "writing"))
    _say("asking")
    yield from asking(_copy(seeded, scratch / "asking"), scratch)
    _say("starting")
    yield from starting(_copy(seeded, scratch / "starting"), scratch)
    yield from memory_without_model(_copy(seeded, scratch / "memory"), scratch)
    if model:
        _say("the built-in model")
        yield from starting_with_model(_copy(seeded, scratch / "model"), scratch)
        yield from turns(_copy(seeded, scratch / "turns"), scratch / "models")
    if setup:
        _say("setting up a fresh clone, some minutes")
        yield from setting_up(scratch)


def _copy(seeded: Path, home: Path) -> Path:
    return Path(shutil.copytree(seeded, home))


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr)


def _title(machine: Mapping[str, object]) -> str:
    load = f"load {machine['load_before']} before, {machine['load_after']} after"
    busy = float(str(machine["load_before"])) > (os.cpu_count() or 1) / 2
    return f"{machine['cores']} cores, {load}{': busy, so provisional' if busy else ''}"


if __name__ == "__main__":
    main()
