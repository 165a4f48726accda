"""The ``xilften`` command."""

import json
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console

from store.errors import Invalid, NeedsConfirmation, NotFound, XilftenError
from store.settings import Settings

_SAID = Console(stderr=True, highlight=False)
"""Progress goes to stderr: stdout is the answer, and with --json nothing but one object."""


_FILE_WIDTH = 132
"""Characters of a line of a table that goes into a file or a pipe."""
_RESULTS = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what a user can act on into a sentence on stderr and exit code 1."""
    try:
        yield
    except XilftenError as error:
        _SAID.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def progress(sentence: str, share: float | None) -> None:
    """Show a long step on stderr."""
    done = f" {share:.0%}" if share is not None else ""
    if _SAID.is_terminal:
        _SAID.print(f"{sentence}{done}", style="dim", end="\r" if share not in (None, 1.0) else "\n")
    elif share is None or share == 1.0:
        _SAID.print(f"{sentence}{done}", style="dim")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xilften")
def main() -> None:
    """A companion for what you watch: log, plan, find, get recommendations and mash up in one conversation.

    The library is in XILFTEN_HOME; it is made and filled with 100 titles at first use.
    """


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port of the page, 0 for a free one. [default: 8765]"
)
def serve(port: int | None) -> None:
    """Start the page on 127.0.0.1 and open it in your browser yourself."""
    import app

    settings = Settings() if port is None else Settings(port=port)
    with sentences():
        app.serve(settings)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--thread", default=None, metavar="ID", help="Go on in this conversation. [default: a new one]")
@click.option("--json", "as_json", is_flag=True, help="Print the whole turn as one JSON object.")
@click.option("--yes", is_flag=True, help="Confirm what would be asked, such as a deletion.")
def ask(words: tuple[str, ...], thread: str | None, as_json: bool, yes: bool) -> None:
    """Say one thing and get the answer, without a browser."""
    from agent import Companion, Turn

    with sentences():
        companion = Companion.open(progress=None if as_json else progress)
        try:
            turn: Turn = Turn()
            for event in companion.turn(thread or str(uuid.uuid4()), " ".join(words), yes=yes):
                if event.kind == "text" and not as_json:
                    click.echo(event.delta, nl=False)
                if event.kind == "done":
                    turn = event.turn
        finally:
            companion.close()
    click.echo(turn.model_dump_json() if as_json else "")
    if turn.confirm and not as_json:
        _SAID.print("Say it again with --yes to go ahead.", style="yellow")
    sys.exit(1 if turn.failed else 0)


@main.command()
@click.option(
    "--thread", default="terminal", show_default=True, metavar="ID", help="The conversation to go on with."
)
@click.option("--json", "as_json", is_flag=True, help="Print each turn as a JSON object on a line.")
@click.option("--yes", is_flag=True, help="Confirm what would be asked, such as a deletion.")
def chat(thread: str, as_json: bool, yes: bool) -> None:
    """Talk in the terminal, turn after turn; an empty line or Ctrl-D ends it."""
    from agent import Companion

    with sentences():
        companion = Companion.open(progress=progress)
        try:
            companion.warm()
            for line in _lines():
                for event in companion.turn(thread, line, yes=yes):
                    if as_json:
                        if event.kind == "done":
                            click.echo(event.turn.model_dump_json())
                    elif event.kind == "understood":
                        _SAID.print(event.text, style="dim", markup=False)
                    elif event.kind == "text":
                        click.echo(event.delta, nl=False)
                    elif event.kind == "done":
                        click.echo("\n")
        finally:
            companion.close()


def _lines() -> Iterator[str]:
    terminal = sys.stdin.isatty()
    if terminal:
        import readline  # noqa: F401 - editing and history for input()
    while True:
        try:
            line = (input("› ") if terminal else input()).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line:
            if not terminal:
                _SAID.print(f"› {line}", markup=False)
            yield line
        elif terminal:
            return


@main.command()
@click.option(
    "--down",
    "steps",
    type=click.IntRange(1),
    metavar="N",
    help="Step back by N; the file as it was is kept beside it.",
)
@click.option("--status", is_flag=True, help="Only show what was applied and what waits.")
def migrate(steps: int | None, status: bool) -> None:
    """Bring the library's schema up to date, or step back; the file is replaced only when all checks pass."""
    from store.connection import connect
    from store.migrations import applied_migrations, read_migrations
    from store.migrations import migrate as run

    path = Settings().database
    with sentences():
        applied = []
        if path.exists():
            connection = connect(path)
            applied = applied_migrations(connection)
            connection.close()
        known = read_migrations()
        if status:
            for migration in known:
                done = next((a for a in applied if a.number == migration.number), None)
                when = f"applied {done.applied_at:%Y-%m-%d %H:%M} UTC" if done else "waits"
                click.echo(f"{migration.number:03d}_{migration.name}  {when}")
            return
        if steps and steps > len(applied):
            raise Invalid("down", steps, f"at most {len(applied)}, the migrations this library has had")
        target = len(applied) - steps if steps else None
        done_steps = run(path, target=target)
        click.echo("\n".join(done_steps) or "Up to date.")


@main.command()
def seed() -> None:
    """Add the genres and iconic titles that the library lacks; a second time changes nothing."""
    from seeds.load import load_seeds
    from tools import open_library

    with sentences(), open_library(progress=progress) as library:
        genres, titles = load_seeds(library)
        counts = library.db.read(
            "SELECT (SELECT count(*) FROM genres) AS genres, (SELECT count(*) FROM media) AS titles"
        )[0]
        has = f"the library has {counts['genres']} and {counts['titles']}"
        click.echo(f"Added {genres} genres and {titles} titles; {has}.")


@main.command()
@click.option("--no-repair", is_flag=True, help="Only look.")
def verify(no_repair: bool) -> None:
    """Look for orphans, broken rules and drift of the search index, and rebuild what is derived."""
    from tools import open_library

    with sentences(), open_library(progress=progress) as library:
        problems = library.verify(repair=not no_repair)
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("Everything fits together.")


@main.command()
def doctor() -> None:
    """Say what is found, used and missing: library, model, embeddings."""
    from agent.backends import describe_backend
    from tools import open_library

    settings = Settings()
    ready = True
    click.echo(f"XILFTEN {_version()}, Python {sys.version.split()[0]}")
    click.echo(f"home      {settings.home}")
    click.echo(f"models    {settings.models}")
    try:
        with open_library(settings) as library:
            counts = library.db.read(
                "SELECT (SELECT count(*) FROM media) AS titles, "
                "(SELECT count(*) FROM user_reviews) AS reviews, "
                "(SELECT count(*) FROM watch_history) AS viewings, "
                "(SELECT count(*) FROM calendar_events) AS events"
            )[0]
            click.echo(f"library   {', '.join(f'{n} {name}' for name, n in counts.items())}")
            library.vectors.search("media_embeddings", "a film", 1)
            click.echo(f"search    {library.vectors.model}")
    except XilftenError as error:
        ready = False
        click.echo(f"library   {error}")
    try:
        report = describe_backend(settings)
        ready = ready and report.ready
        click.echo(f"model     {report.used or 'none'}{'' if report.ready else ' (not ready)'}")
        for finding in report.findings:
            click.echo(f"          {finding}")
    except XilftenError as error:
        ready = False
        click.echo(f"model     {error}")
    sys.exit(0 if ready else 1)


@main.command("eval")
@click.option(
    "--part", type=click.Choice(["development", "reporting"]), default="development", show_default=True
)
@click.option("--category", "categories", multiple=True, metavar="NAME", help="Only this one. Repeatable.")
@click.option("--item", "ids", multiple=True, metavar="ID", help="Only ids that begin so. Repeatable.")
@click.option("--kind", type=click.Choice(["single", "dialogue", "paraphrase"]), help="Only these.")
@click.option("--subset", is_flag=True, help="Only those that every change is held against.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than N conversations.")
@click.option(
    "--native", is_flag=True, help="Let a plain agent with native tool calling talk, to compare with."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the results go.")
@click.option("--failures", type=_RESULTS, metavar="FILE", help="Show what went wrong in a results file.")
@click.option("--compare", type=_RESULTS, nargs=2, metavar="A B", help="Show two results files side by side.")
def evaluate(
    part: Literal["development", "reporting"],
    categories: tuple[str, ...],
    ids: tuple[str, ...],
    kind: str | None,
    subset: bool,
    limit: int | None,
    native: bool,
    out: Path | None,
    failures: Path | None,
    compare: tuple[Path, Path] | None,
) -> None:
    """Hold conversations with the model and judge them by what they leave in a library of their own.

    The results go into ./eval-PART-MODEL.json, your own library is not touched.
    """
    from evals.items import choose_items, read_items, read_subset
    from evals.report import print_comparison, print_failures, print_report
    from evals.results import Results, describe_run
    from evals.run import Stage

    terminal = Console(highlight=False)
    console = terminal if terminal.is_terminal else Console(highlight=False, width=_FILE_WIDTH)
    if failures:
        print_failures(Results.read(failures), console)
        return
    if compare:
        print_comparison(*map(Results.read, compare), console)
        return
    with sentences():
        chosen = choose_items(
            read_items(),
            part=part,
            categories=categories,
            ids=ids,
            kind=kind,
            among=read_subset().items if subset else None,
        )[:limit]
        if not chosen:
            raise NotFound("No conversation fits all of that. Ask for less at once, or for another category.")
        with Stage(native=native, progress=progress) as stage:
            about = describe_run(stage.backend.name, Settings(), part, "native" if native else "xilften")
            results = Results(about=about)
            model = stage.backend.name.split("/")[0]
            out = out or Path(f"eval-{part}-{model}{'-native' if native else ''}.json")
            for number, item in enumerate(chosen, 1):
                results.items.append(stage.play(item))
                results.write(out)
                right = sum(result.right for result in results.items)
                mark = "✓" if results.items[-1].right else "✗"
                _SAID.print(f"{number}/{len(chosen)} {mark} {item.id}  ({right} right)", markup=False)
    print_report(results, console)
    _SAID.print(f"The results are in {out}.", markup=False)


class Tools(click.Group):
    """One command per tool, made from its signature."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All tools by name."""
        from tools import TOOLS

        return sorted(name.replace("_", "-") for name in TOOLS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of one tool."""
        from tools import TOOLS

        found = TOOLS.get(name.replace("-", "_"))
        if found is None:
            return None
        fields = found.schema().get("properties", {})
        options: list[click.Parameter] = [
            click.Option(
                [f"--{field.replace('_', '-')}"],
                required=field in found.required,
                type=_click_type(schema),
                multiple=_is_list(schema),
                help=str(schema.get("description", "")),
            )
            for field, schema in fields.items()
        ]
        options.append(click.Option(["--json", "as_json"], is_flag=True, help="Print the result as JSON."))
        options.append(click.Option(["--yes"], is_flag=True, help="Confirm a deletion."))
        return click.Command(name, params=options, help=found.description, callback=_runner(found.name))


@main.command(cls=Tools, name="tool")
def tool_group() -> None:
    """Run one tool without a conversation, such as: tool log-review --title Alien --rating 9."""


def _runner(name: str) -> Callable[..., None]:
    def run(as_json: bool, yes: bool, **given: Any) -> None:
        from tools import open_library

        args = {k: list(v) if isinstance(v, tuple) else v for k, v in given.items() if v not in (None, ())}
        with sentences(), open_library(progress=progress) as library:
            try:
                result = library.call(name, args)
            except NeedsConfirmation as question:
                if not yes and not click.confirm(str(question), err=True):
                    sys.exit(1)
                result = library.call(name, {**args, "confirm": question.token})
        click.echo(result.model_dump_json() if as_json else result.summary)

    return run


class _JsonType(click.ParamType):
    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        try:
            return json.loads(value)
        except ValueError as error:
            self.fail(f"{value!r} is not JSON ({error}).", param, context)


def _options(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]


def _is_list(schema: dict[str, Any]) -> bool:
    return [option.get("type") for option in _options(schema)] == ["array"]


def _click_type(schema: dict[str, Any]) -> click.ParamType | type:
    options = _options(schema)
    if len(options) != 1:
        return str
    kind = options[0].get("items", {}).get("type") if _is_list(schema) else options[0].get("type")
    if options[0].get("enum"):
        return click.Choice(options[0]["enum"])
    if kind in ("object", None):
        return _JsonType()
    return {"integer": int, "number": float, "boolean": bool}.get(str(kind), str)


def _version() -> str:
    from importlib.metadata import version

    return version("xilften")


if __name__ == "__main__":
    main()
