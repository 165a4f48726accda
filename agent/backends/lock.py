"""One process at a time; a lock left by a dead process is no lock."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(path: Path, waiting: Callable[[], None], every: float = 0.5) -> Iterator[None]:
    """Hold the lock file for the block; the system frees it when the process ends, however it ends.

    Args:
        path: the lock file; it is made and stays, because deleting it would let two processes in.
        waiting: called each time the lock is found taken.
        every: seconds between two attempts.
    """
    with path.open("ab") as file:
        while not _take(file):
            waiting()
            time.sleep(every)
        yield
