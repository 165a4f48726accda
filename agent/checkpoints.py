"""Where conversations are remembered between turns and restarts."""

import sqlite3
from pathlib import Path

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.sqlite import SqliteSaver


class _Newest(SqliteSaver):
    """Keeps one checkpoint per conversation: each holds all messages, so all of them grow with the square."""

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        saved = super().put(config, checkpoint, metadata, new_versions)
        kept = saved["configurable"]
        older = (kept["thread_id"], kept["checkpoint_ns"], kept["checkpoint_id"])
        with self.cursor() as cursor:
            for table in ("checkpoints", "writes"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?",
                    older,
                )
        return saved


def open_checkpoints(path: Path) -> tuple[SqliteSaver, sqlite3.Connection]:
    """The checkpointer on a SQLite file, and the connection to close at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    saver = _Newest(connection)
    saver.setup()
    return saver, connection
