"""One measured figure, and the table of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """What was measured, several times.

    Attributes:
        what: in words.
        runs: the single measurements, in order.
        unit: s, ms, MB or tokens.
        target: the median should not be above it.
        alternative: the same on the simplest other way, as its median in the same unit.
        beside: what that other way is.
        note: anything needed to read the figure.
    """

    what: str
    runs: Sequence[float]
    unit: str
    target: float | None = None
    alternative: float | None = None
    beside: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        """The middle run."""
        return median(self.runs)

    @property
    def p95(self) -> float:
        """The run that 95 of 100 do not exceed."""
        ordered = sorted(self.runs)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]

    @property
    def met(self) -> bool | None:
        """Whether the median is within the target; None without one."""
        return None if self.target is None else self.median <= self.target

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "what": self.what,
            "unit": self.unit,
            "median": round(self.median, 3),
            "p95": round(self.p95, 3),
            "runs": len(self.runs),
            "target": self.target,
            "met": self.met,
            "alternative": self.alternative and round(self.alternative, 3),
            "beside": self.beside,
            "note": self.note,
        }

    def measured(self) -> str:
        """The median, with the spread of the runs where there is one."""
        shown = f"{_digits(self.median)} {self.unit}"
        if len(self.runs) >= 100:
            return f"{shown} (p95 {_digits(self.p95)})"
        if len(self.runs) > 1:
            return f"{shown} ({_digits(min(self.runs))} to {_digits(max(self.runs))}, {len(self.runs)} runs)"
        return shown


def print_table(figures: Sequence[Figure], title: str) -> None:
    """Print all figures; a missed target is marked."""
    table = Table(title=title, title_justify="left", caption_justify="left")
    for column in ("what", "measured", "target", "alternative"):
        table.add_column(column, overflow="fold")
    for figure in figures:
        target = "" if figure.target is None else f"{figure.target:g} {figure.unit}"
        other = "" if figure.alternative is None else f"{_digits(figure.alternative)} {figure.unit}"
        table.add_row(
            f"{figure.what} [dim]({figure.note})[/dim]" if figure.note else figure.what,
            f"[red]{figure.measured()} over[/red]" if figure.met is False else figure.measured(),
            target,
            f"{other} {figure.beside}".strip(),
        )
    # A fixed width, so that a log shows the same table as a terminal.
    Console(width=132, highlight=False).print(table)


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
