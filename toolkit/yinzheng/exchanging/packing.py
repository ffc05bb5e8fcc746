"""Files as tools hand them out and in: archives with the same bytes for the same files, and no trust in what comes."""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from ..errors import YinzhengError

LIMIT = 1 << 28  # bytes unpacked, of all archives together: a bomb is told from a library


def pack(files: Mapping[str, bytes]) -> bytes:
    """An archive with neither times nor owners."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(files: Mapping[str, bytes], *suffixes: str) -> dict[str, bytes]:
    """Files, with those in archives in their place, as ``archive/name``; ``suffixes``: of what is asked for in them,
    else all. An archive is told by its first bytes, and in another, three deep, by its name too: a .docx stays one.
    What a system writes beside files (.DS_Store, __MACOSX/._x) is passed over."""
    left = LIMIT
    for depth in range(3):
        result: dict[str, bytes] = {}
        for name, data in files.items():
            if data.startswith(b"PK\x03\x04") and (not depth or name.lower().endswith((".zip", ".qdpx"))):
                members = _members(name, data, left, suffixes or ("",))
                left -= sum(map(len, members.values()))
                result |= members
            else:
                result[name] = data
        files = result
    return {name: data for name, data in files.items() if not name.rpartition("/")[2].startswith(".")}


def _members(name: str, data: bytes, left: int, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [
                one for one in archive.infolist() if not one.is_dir() and one.filename.lower().endswith(suffixes)
            ]
            if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in members):
                raise YinzhengError(
                    "packed by another method than ZIP's common one (deflate); pack it again", path=name
                )
            if sum(one.file_size for one in members) > left:
                raise YinzhengError(f"more than {LIMIT >> 20} MB when unpacked", path=name)
            # read up to the size that is told, not to the end, which a bomb has elsewhere
            return {f"{name}/{one.filename}": archive.open(one).read(one.file_size) for one in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise YinzhengError(f"a damaged or locked archive: {error}", path=name) from error


def decoded(data: bytes, path: str, encoding: str = "utf-8-sig") -> str:
    """The text of a file; ``encoding``: ``utf-8`` where a byte order mark counts as a character."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:  # which holds the whole of the file
        raise YinzhengError(f"not UTF-8 at byte {error.start}; save it as UTF-8", path=path) from None


def loads(text: str) -> Any:
    """What JSON says; a ValueError where it is none, as is NaN."""
    return json.loads(text, parse_constant=_finite, parse_float=_finite)


def _finite(word: str) -> float:
    if not math.isfinite(number := float(word)):
        raise ValueError(f"{word} is no number")
    return number
