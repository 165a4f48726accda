"""Opening the DuckDB file; one process owns it."""

import re
from pathlib import Path

import duckdb

from store.errors import Unavailable

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Extensions would be fetched from the internet; nothing here needs one.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # A diary's statements take a millisecond: handing them to a second thread costs more than it gives.
    "threads": 1,
}


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file for writing.

    Raises:
        Unavailable: another process holds it (the message names it), or it cannot be read.
    """
    try:
        # The log stands beside the path as given: through a link and without it, it must be the same one.
        return duckdb.connect(str(path.resolve()), config=_CONFIG)
    except duckdb.Error as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder:
            raise Unavailable(
                f"The library {path} is open in another XILFTEN (process {holder[1]}). "
                "Use that one, or stop it and try again."
            ) from error
        raise Unavailable(
            f"The library {path} cannot be opened: {error} "
            "Put a backup in its place, or move it away to begin anew."
        ) from error
