"""ZIP archives, as tools hand out whole projects: the same bytes for the same files, and no trust in what comes in."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from ..errors import YinzhengError

LIMIT = 1 << 30  # bytes of an archive unpacked: a bomb is told from a book


def pack(files: Mapping[str, bytes]) -> bytes:
    """An archive with neither times nor owners."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files, with those in archives in their place, as ``archive/name``. Archives in archives too, three deep."""
    for _ in range(3):
        result: dict[str, bytes] = {}
        for name, data in files.items():
            result |= _members(name, data) if data.startswith(b"PK\x03\x04") else {name: data}
        files = result
    return dict(files)


def _members(name: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in members) > LIMIT:
                raise YinzhengError("more than a gigabyte when unpacked", path=name)
            return {f"{name}/{one.filename}": archive.read(one) for one in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise YinzhengError(f"a damaged or locked archive: {error}", path=name) from error
