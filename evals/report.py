"""Results for a human to read: the tables, the failures, and two runs side by side."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from evals.figures import Category, Figure, Share, Target, by_category, overall, read_targets
from evals.items import Leaves, Turn
from evals.results import About, Results, TurnResult


def print_report(results: Results, console: Console) -> None:
    """The table by category, then the figures of the whole run beside their targets."""
    console.print(_about(results.about), highlight=False)
    console.print(_category_table(by_category(results)))
    table = Table("figure", _right("value"), "95 % interval", _right("n"), "target", "", box=None)
    targets = read_targets()
    for figure in overall(results):
        target = targets.get(figure.key)
        table.add_row(figure.label, _value(figure), _interval(figure), str(figure.n), *_target(figure, target))
    console.print(table)


def print_failures(results: Results, console: Console) -> None:
    """Every conversation with a wrong turn: what was said, wanted and got."""
    wrong = [item for item in results.items if not item.right]
    for found in wrong:
        console.print(f"[bold]{escape(found.item.id)}[/] ({found.item.category})", highlight=False)
        if found.error:
            console.print(f"  broke: {escape(found.error)}", highlight=False)
        for turn in found.turns:
            _print_turn(turn, console)
        console.print()
    console.print(f"{len(wrong)} of {len(results.items)} conversations are wrong.", highlight=False)


def print_comparison(one: Results, other: Results, console: Console) -> None:
    """The figures of two runs over what both ran, and the conversations that came out differently."""
    ours = {item.item.id: item for item in one.items}
    theirs = {item.item.id: item for item in other.items}
    both = [name for name in ours if name in theirs]
    one = one.model_copy(update={"items": [ours[name] for name in both]})
    other = other.model_copy(update={"items": [theirs[name] for name in both]})
    console.print(f"A  {_about(one.about)}\nB  {_about(other.about)}", highlight=False)
    console.print(f"{len(both)} conversations are in both.", highlight=False)
    table = Table("figure", _right("A"), _right("B"), "A 95 %", "B 95 %", box=None)
    for left, right in zip(overall(one), overall(other), strict=True):
        table.add_row(left.label, _value(left), _value(right), _interval(left), _interval(right))
    console.print(table)
    for words, now_right in (("better in B", True), ("worse in B", False)):
        flipped = [
            name for name in both if theirs[name].right is now_right and ours[name].right is not now_right
        ]
        console.print(f"{words}: {', '.join(flipped) or 'none'}", highlight=False, markup=False)


def _about(about: About) -> str:
    server = f", {about.server}" if about.server else ""
    return (
        f"{about.part}, {about.loop} on {about.model}{server}, commit {about.commit}, "
        f"{about.started:%Y-%m-%d %H:%M}, {about.cores} cores"
    )


def _category_table(categories: list[Category]) -> Table:
    heads = ("turns", "tool", "args", "state", "asked", "false writes", "right")
    table = Table("category", *map(_right, heads), "95 % interval", box=None)
    for row in categories:
        shares = [row.tool, row.args, row.state, row.asked]
        table.add_row(
            row.name,
            str(row.turns),
            *map(_percent, shares),
            f"{row.false_writes.hits}/{row.false_writes.of}",
            _percent(row.right),
            _bounds(row.right),
            end_section=row is categories[-2] if len(categories) > 1 else False,
        )
    return table


def _print_turn(turn: TurnResult, console: Console) -> None:
    mark = "[green]✓[/]" if turn.verdict.right else "[red]✗[/]"
    console.print(f"  {mark} {escape(turn.expected.say)}", highlight=False)
    if turn.verdict.right:
        return
    lines = [("wanted", _wanted(turn.expected)), ("did", _did(turn)), ("replied", _one_line(turn.got.reply))]
    lines += [("fault", fault) for fault in turn.verdict.faults]
    lines += [("invented", value) for value in turn.verdict.invented]
    for name, text in lines:
        console.print(f"      {name:<9}{escape(text)}", highlight=False, soft_wrap=True)


def _wanted(expected: Turn) -> str:
    parts = [f"tools {expected.tools}" if expected.tools is not None else ""]
    parts += [f"args {expected.args}" if expected.args else ""]
    parts += [f"asks {expected.asks}" if expected.asks else ""]
    parts += [" or ".join(_leaves(leaves) for leaves in expected.leaves) if expected.writes else ""]
    parts += [
        f"says {expected.says}" if expected.says else "",
        f"never {expected.never}" if expected.never else "",
    ]
    return "; ".join(part for part in parts if part) or "nothing"


def _leaves(leaves: Leaves) -> str:
    named: dict[str, Any] = {how: rows for how, rows in leaves.model_dump().items() if rows}
    return ", ".join(f"{how} {rows}" for how, rows in named.items()) or "nothing"


def _did(turn: TurnResult) -> str:
    calls = [
        f"{call.tool}({call.args})" + (f" -> {call.error}" if call.error else "") for call in turn.got.calls
    ]
    return "; ".join(calls) or "nothing"


def _one_line(text: str, length: int = 300) -> str:
    flat = " ⏎ ".join(line for line in text.splitlines() if line.strip())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    if figure.unit == "%":
        return f"{figure.value:.1%}"
    return f"{figure.value:.4g} {figure.unit}".rstrip()


def _interval(figure: Figure) -> str:
    return _bounds(figure.share) if figure.share else ""


def _target(figure: Figure, target: Target | None) -> tuple[str, str]:
    if target is None:
        return "", ""
    bound = target.at_least if target.at_least is not None else target.at_most
    assert bound is not None
    sign = "≥" if target.at_least is not None else "≤"
    words = f"{sign} {bound:.0%}" if figure.unit == "%" else f"{sign} {bound:g} {figure.unit}".rstrip()
    if figure.value is None:
        return words, ""
    return words, "[green]met[/]" if target.met(figure.value) else "[red]missed[/]"


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.0%}"


def _bounds(share: Share) -> str:
    low, high = share.interval
    return f"{low:.0%}-{high:.0%}" if share.of else ""


def _right(head: str) -> Column:
    return Column(head, justify="right")
