"""Where conversations are remembered between turns and restarts."""

import sqlite3
from pathlib import Path

from langgraph.checkpoint.sqlite import SqliteSaver


def open_checkpoints(path: Path) -> tuple[SqliteSaver, sqlite3.Connection]:
    """The checkpointer on a SQLite file, and the connection to close at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    saver = SqliteSaver(connection)
    saver.setup()
    return saver, connection
