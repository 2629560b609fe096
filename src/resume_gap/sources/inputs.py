"""One file that is to be read, and what the system says of a path."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from resume_gap.errors import InputError
from resume_gap.sources.formats import Compression, FileKind
from resume_gap.sources.sandbox import first_line
from resume_gap.system.filesystem import kind_of_mode

_LONGEST_LABEL: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file, or one table of a database, that is to be read.

    Attributes:
        given: The path as given, or as it follows from a given folder or glob.
        path: The same, absolute; what DuckDB gets to see.
        kind: How it is written.
        compression: Around the whole file.
        table: The table's name in a database, as given.
    """

    given: str
    path: Path
    kind: FileKind
    compression: Compression = None
    table: str | None = None

    @property
    def label(self) -> str:
        """The name of the input in messages."""
        return printable(self.given)

    def open_bytes(self) -> BinaryIO:
        """The content from its first byte, decompressed."""
        import pyarrow as pa  # noqa: PLC0415 - only compressed and text inputs pay for it

        try:
            if self.compression is None:
                return self.path.open("rb")
            stream: BinaryIO = pa.input_stream(str(self.path), compression=self.compression)
        except OSError as error:
            raise unreadable(self.label, error) from error
        return stream

    def chunks(self, size: int = 1 << 20) -> Iterator[bytes]:
        """The decompressed content in pieces.

        Raises:
            InputError: The file cannot be read or its compression is broken.
        """
        try:
            with self.open_bytes() as stream:
                while piece := stream.read(size):
                    yield piece
        except (OSError, EOFError) as error:
            raise unreadable(self.label, error) from error

    def sha256(self) -> str:
        """Of the bytes as they lie on the disk."""
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise unreadable(self.label, error) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInput:
    """One file (or table) of a source.

    Attributes:
        path: As given, or as it follows from a given folder or glob; never made absolute.
        sha256: Of the file's bytes; for a table, of the database file.
        kind: How it is written.
        rows: How many rows it has.
        simulated: Whether it says that a simulation wrote it.
    """

    path: str
    sha256: str
    kind: FileKind
    rows: int
    simulated: bool = False


def printable(name: str) -> str:
    """A path for a message: on one line, not endless, without what a terminal would act on."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
    return text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}..."


def unreadable(label: str, error: Exception) -> InputError:
    """The one line for a file the system or a decoder does not give us."""
    detail = getattr(error, "strerror", None) or first_line(error)
    return InputError(f"{label}: cannot be read: {detail}; check the path, the rights or the copy")


def status(given: str) -> os.stat_result | None:
    """What the system says of a path; None where there is nothing.

    Raises:
        InputError: It does not say, or there is a link that leads nowhere.
    """
    try:
        given.encode()
    except UnicodeEncodeError:
        raise InputError(f"{printable(given)}: has a name that is not UTF-8; rename it") from None
    try:
        return os.stat(given)  # noqa: PTH116 - pathlib takes some errors for "is not there"
    except (FileNotFoundError, NotADirectoryError):
        if os.path.islink(given):  # noqa: PTH114
            raise InputError(
                f"{printable(given)}: is a link to a file that is not there; correct or remove it"
            ) from None
        return None
    except (OSError, ValueError) as error:
        raise unreadable(printable(given), error) from error


def regular_file(given: str) -> None:
    """Refuse what is no plain file: a pipe, a socket or a device can block for ever.

    Raises:
        InputError: It is there and is something else, or the system does not say.
    """
    found = status(given)
    if found is not None and not stat.S_ISREG(found.st_mode):
        folder = stat.S_ISDIR(found.st_mode)
        advice = "give a file in it" if folder else "write what it gives to a file first"
        raise InputError(
            f"{printable(given)}: is {kind_of_mode(found.st_mode)}, no regular file; {advice}"
        )
