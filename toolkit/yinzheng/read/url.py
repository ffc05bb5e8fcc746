"""What stands at a URL: the one way to the network, of `add URL` and of `resolve`."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from importlib.metadata import version
from urllib.parse import quote, urlsplit, urlunsplit

from ..errors import YinzhengError

LARGEST = 256 * 1024 * 1024


def fetch(
    url: str,
    progress: Callable[[int, int | None], None] | None = None,
    *,
    largest: int = LARGEST,
    timeout: float = 30,
    patience: float = 900,
) -> tuple[bytes, str | None]:
    """The bytes at a URL and the charset that its header declares. http and https only, also after a redirect.

    Raises YinzhengError where the server is silent for ``timeout`` seconds or not done in ``patience``, where it sends
    more than ``largest`` bytes, or fewer than it said.
    """
    until = time.monotonic() + patience
    try:
        request = urllib.request.Request(_ascii(url), headers={"User-Agent": f"yinzheng/{version('yinzheng')}"})
        with _opener().open(request, timeout=timeout) as reply:
            size = reply.length
            data = bytearray()
            while chunk := reply.read1(1 << 16):
                data += chunk
                if len(data) > largest:
                    raise YinzhengError(f"the answer is larger than {largest >> 20} MB", path=url)
                if time.monotonic() > until:
                    raise TimeoutError(f"not done after {patience:.0f} s")
                if progress:
                    progress(len(data), size)
            if size is not None and len(data) < size:
                raise YinzhengError(f"the connection broke off after {len(data)} of {size} bytes; try again", path=url)
            return bytes(data), reply.headers.get_content_charset()
    except urllib.error.HTTPError as error:
        code = error.code
        error.close()
        raise YinzhengError(f"the server answers {code}", path=url) from None
    except http.client.IncompleteRead as error:
        raise YinzhengError("the connection broke off in the middle; try again", path=url) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise YinzhengError(f"cannot be reached ({getattr(error, 'reason', error)})", path=url) from error


def _opener() -> urllib.request.OpenerDirector:
    """Without the handlers of files, FTP and data: a page must not lead us to them."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _ascii(url: str) -> str:
    """A URL as people copy it, Chinese characters and all, as servers want it."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https"):
        raise YinzhengError("only http and https URLs can be read", path=url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not host or "@" in parts.netloc:
        raise YinzhengError("a URL with a host and without a password, please", path=url)
    host = f"[{host}]" if ":" in host else host
    place = f"{host}:{parts.port}" if parts.port else host
    kept = "%/:=&?~+!$,;'@()*[]"
    return urlunsplit((parts.scheme, place, quote(parts.path, kept), quote(parts.query, kept), ""))
