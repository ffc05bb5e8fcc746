"""Zip archives, as docx and epub are: what is read from one is counted, so that a bomb is refused before it bursts."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from ..errors import YinzhengError

LARGEST = 64 * 1024 * 1024  # of text; pictures do not count: they are never unpacked


class Archive:
    """The parts of an archive by name. Every way in which one can be broken is a YinzhengError that says which."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise YinzhengError("a broken zip archive; save or download it again") from error
        self.names = set(self._zip.namelist())
        self._left = LARGEST

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            info = self._zip.getinfo(name)
            self._left -= info.file_size  # no more than this is ever unpacked, whatever the header says
            if self._left < 0:
                raise YinzhengError(
                    f"it unpacks to more than {LARGEST >> 20} MB of text; save it as plain text, and add that"
                )
            return self._zip.read(info)
        except KeyError as error:
            raise YinzhengError(f"incomplete: {name} is not in it") from error
        except RuntimeError as error:  # how zipfile says that a part is encrypted
            raise YinzhengError("it has a password; save it without one") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise YinzhengError(f"damaged: {name} cannot be unpacked; save or download it again") from error


def xml(data: bytes, name: str) -> Any:
    """The root of a part's XML; no entity is resolved, and nothing is fetched."""
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise YinzhengError(f"damaged: {name} is not XML ({error})") from error
