"""A URL: the one place where `add` uses the network."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from importlib.metadata import version

from ..errors import YinzhengError

LARGEST = 256 * 1024 * 1024


def fetch(url: str, progress: Callable[[int, int | None], None] | None = None) -> tuple[bytes, str | None]:
    """The bytes at a URL and the charset that its header declares. http and https only, also after a redirect."""
    if not url.lower().startswith(("http://", "https://")):
        raise YinzhengError("only http and https URLs can be read", path=url)
    request = urllib.request.Request(url, headers={"User-Agent": f"yinzheng/{version('yinzheng')}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            if not reply.url.lower().startswith(("http://", "https://")):
                raise YinzhengError("the URL leads to another kind of address", path=url)
            size = reply.headers.get("Content-Length")
            data = bytearray()
            while chunk := reply.read(1 << 16):
                data += chunk
                if len(data) > LARGEST:
                    raise YinzhengError("the page is larger than 256 MB", path=url)
                if progress:
                    progress(len(data), int(size) if size else None)
            return bytes(data), reply.headers.get_content_charset()
    except urllib.error.HTTPError as error:
        code = error.code
        error.close()
        raise YinzhengError(f"the server answers {code}", path=url) from None
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise YinzhengError(f"cannot be reached ({reason}); save the page and add the file", path=url) from error
