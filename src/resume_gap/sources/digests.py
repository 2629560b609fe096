"""The SHA-256 of every input, found in a thread of its own while the log is read."""

import hashlib
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from resume_gap.sources.inputs import InputFile, unreadable

_PIECE: Final = 1 << 20


class Digests:
    """Of the files as they lie on the disk, one after the other, each file once.

    Args:
        files: The inputs; frames of Python have digests of their own.
        threads: With 1, a file is read when its digest is asked for.
    """

    def __init__(self, files: Iterable[InputFile], threads: int) -> None:
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="resume-gap")
        self._found: dict[Path, Future[str]] = {}
        if threads > 1:
            for file in files:
                if file.frame is None and file.path not in self._found:
                    self._found[file.path] = self._pool.submit(self._digest, file.path)

    def of(self, file: InputFile) -> str | None:
        """The digest of an input; of a frame, of its content, where that has one.

        Raises:
            InputError: The file cannot be read.
        """
        if file.frame is not None:
            return file.frame.sha256
        if file.path not in self._found:
            self._found[file.path] = self._pool.submit(self._digest, file.path)
        try:
            return self._found[file.path].result()
        except OSError as error:
            raise unreadable(file.label, error) from error

    def close(self) -> None:
        """End the thread, also in the middle of a file."""
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)

    def _digest(self, path: Path) -> str:
        found, piece = hashlib.sha256(), memoryview(bytearray(_PIECE))
        with path.open("rb", buffering=0) as stream:
            while not self._stopped.is_set() and (many := stream.readinto(piece)):
                found.update(piece[:many])
        if self._stopped.is_set():
            raise RuntimeError("a digest was asked for after its end")
        return found.hexdigest()
