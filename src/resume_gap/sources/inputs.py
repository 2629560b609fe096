"""One file that is to be read, and what the system says of a path."""

import codecs
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from resume_gap.errors import InputError
from resume_gap.fileformats import FileKind
from resume_gap.sources.formats import Compression
from resume_gap.sources.sandbox import first_line
from resume_gap.system.filesystem import kind_of_mode

if TYPE_CHECKING:
    import pyarrow as pa
    from _typeshed import WriteableBuffer

_LONGEST_LABEL: Final = 200
_PIECE: Final = 1 << 16
STANDARD_INPUT: Final = "-"
"""What is given for it."""
BROKEN: Final = (
    OSError,
    EOFError,
    UnicodeError,
    lzma.LZMAError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)
"""What archives, decompressors and decoders raise for bytes that they cannot read."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The rows of a frame of Python.

    Attributes:
        table: In memory; None: they were written to the input's path.
        sha256: Of the content; None where there is a `reason` for it.
        reason: Why the content has no digest.
        size: Bytes.
        left_out: Columns whose values cannot be read.
    """

    table: "pa.Table | None"
    sha256: str | None
    reason: str | None
    size: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file, or one table of a database, that is to be read.

    Attributes:
        given: The path as given, or as it follows from a given folder or glob.
        path: The same, absolute; what DuckDB gets to see.
        kind: How it is written.
        compression: Around the whole file, or around the member of the archive.
        table: The table's name in a database, or the sheet's in a workbook, as given.
        member: The file's name in a zip archive; None: it is in none.
        encoding: Of its characters, where it is text and not UTF-8.
        frame: The frame of Python that it is; None: it is a file. In memory it has no path.
    """

    given: str
    path: Path
    kind: FileKind
    compression: Compression = None
    table: str | None = None
    member: str | None = None
    encoding: str | None = None
    frame: Frame | None = None

    @property
    def label(self) -> str:
        """The name of the input in messages."""
        return "standard input" if self.given == STANDARD_INPUT else printable(self.given)

    @property
    def is_plain(self) -> bool:
        """Whether its bytes on the disk are what a reader of its kind reads, as they lie."""
        return self.compression is None and self.member is None and self.encoding is None

    def open_bytes(self) -> BinaryIO:
        """The content from its first byte: out of its archive, decompressed, in UTF-8."""
        try:
            stream = self._stored()
            match self.compression:
                case None:
                    pass
                case "xz":
                    stream = cast("BinaryIO", lzma.LZMAFile(stream))  # noqa: SIM115 - returned
                case compression:
                    import pyarrow as pa  # noqa: PLC0415 - only compressed inputs pay for it

                    stream = pa.input_stream(stream, compression=compression)
        except BROKEN as error:
            raise unreadable(self.label, error) from error
        return stream if self.encoding is None else io.BufferedReader(Utf8(stream, self.encoding))

    def _stored(self) -> BinaryIO:
        if self.member is None:
            return self.path.open("rb")
        with zipfile.ZipFile(self.path) as archive:
            return cast("BinaryIO", archive.open(self.member))

    def chunks(self, size: int = 1 << 20) -> Iterator[bytes]:
        """The decompressed content in pieces.

        Raises:
            InputError: The file cannot be read or its compression is broken.
        """
        try:
            with self.open_bytes() as stream:
                while piece := stream.read(size):
                    yield piece
        except BROKEN as error:
            raise unreadable(self.label, error) from error

    @property
    def is_in_memory(self) -> bool:
        """Whether its rows lie in no file."""
        return self.frame is not None and self.frame.table is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInput:
    """One file (or table) of a source.

    Attributes:
        path: As given, or as it follows from a given folder or glob; never made absolute.
        digest: Gives `sha256`, once it is found.
        kind: How it is written.
        rows: How many rows it has.
        simulated: Whether it says that a simulation wrote it.
        reason: Of a frame why it has no sha256.
    """

    path: str
    digest: Callable[[], str | None] = field(repr=False)
    kind: FileKind
    rows: int
    simulated: bool = False
    reason: str | None = None

    @property
    def sha256(self) -> str | None:
        """Of the file's bytes; for a table, of the database file; for a frame, of its content.

        Raises:
            InputError: The file cannot be read.
        """
        return self.digest()


class Utf8(io.RawIOBase):
    """Text in another encoding as bytes of UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._held = b""
        self._ended = False

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer; 0 at the end."""
        view = memoryview(buffer)
        while not self._held and not self._ended:
            piece = self._stream.read(_PIECE)
            self._ended = not piece
            self._held = self._decoder.decode(piece, final=self._ended).encode("utf-8")
        taken = self._held[: len(view)]
        view[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)

    def close(self) -> None:
        """Close what it reads from."""
        self._stream.close()
        super().close()


def beside(label: str, name: str) -> str:
    """The name of a file to write out of an input: that of no file, neither the input nor others.

    Args:
        label: Of the input.
        name: That is best.
    """
    others = (f"new-{number}-{name}" for number in count(2))
    taken = Path(label).name
    return next(
        one
        for one in chain((name, f"new-{name}"), others)
        if one != taken and not os.path.lexists(one)
    )


def printable(name: str) -> str:
    """A path for a message: on one line, not endless, without what a terminal would act on."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
    return text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}..."


def unreadable(label: str, error: Exception) -> InputError:
    """The one line for a file the system or a decoder does not give us."""
    detail = getattr(error, "strerror", None) or first_line(error)
    if isinstance(error, UnicodeError) and "start with BOM" in detail:
        wide = detail.partition(" ")[0].lower()  # the codec's own name
        return InputError(
            f"{label}: has no byte order mark; say which order its bytes have: --encoding {wide}-le"
            f" or {wide}-be"
        )
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
