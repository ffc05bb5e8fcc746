"""A page in headless Chromium, driven over a pipe; tests skip where there is none."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --remote-debugging-pipe"
)
# Chromium reads commands at descriptor 3 and answers at 4.
_BEGIN = """
import fcntl, os, sys
for place, pipe in enumerate([fcntl.fcntl(int(fd), fcntl.F_DUPFD, 50) for fd in sys.argv[1:3]], 3):
    os.dup2(pipe, place)
    os.close(pipe)
os.execv(sys.argv[3], sys.argv[3:])
"""
_KEYS = {"Escape": 27, "Enter": 13, "Tab": 9}


class Page:
    """One open page. ``errors``: what the console and the page said was wrong; ``asked``: what it tried to fetch."""

    def __init__(self, out: int, back: int) -> None:
        self._out, self._back, self._rest, self._last = out, back, b"", 0
        self._session: str | None = None
        self._loaded = 0
        self.errors: list[str] = []
        self.asked: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command of the DevTools protocol, and its answer."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            got = os.read(self._back, 1 << 20)
            assert got, "Chromium went away"
            self._rest += got
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        found = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self._loaded += 1
            case "Runtime.exceptionThrown":
                self.errors.append(str(found["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if found["type"] in ("error", "warning", "assert"):
                self.errors.append(str(found["args"]))
            case "Log.entryAdded" if found["entry"]["level"] in ("error", "warning"):
                self.errors.append(found["entry"]["text"])
            case "Network.requestWillBeSent":
                self.asked.append(found["request"]["url"])
        return message

    def open(self, path: Path, fragment: str = "") -> None:
        """Opens a file, and waits until it is loaded."""
        for url in ("about:blank", path.as_uri() + fragment):
            self._loaded = 0
            self.call("Page.navigate", url=url)
            while not self._loaded:
                self._next()

    def tell(self, expression: str) -> Any:
        """The value of an expression, awaited."""
        done = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, *keys: str, shift: bool = False) -> None:
        """Presses keys, one after another; a name that is no key's is typed."""
        for key in keys:
            code = _KEYS.get(key, ord(key) if len(key) == 1 else 0)
            named: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
            if key not in _KEYS:
                named["text"] = key
            self.call("Input.dispatchKeyEvent", type="keyDown", **named)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def write(self, text: str) -> None:
        """Types a text, as an input method would."""
        self.call("Input.insertText", text=text)

    def window(self, width: int, height: int = 800, dark: bool = False, script: bool = True) -> None:
        """The window, the theme of the machine, and whether scripts run."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[theme])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)

    def picture(self) -> bytes:
        """A PNG of the window."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """A page of a browser that knows nothing. ``profile``: an empty folder."""
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    read_end, out = os.pipe()
    back, write_end = os.pipe()
    command = [sys.executable, "-c", _BEGIN, str(read_end), str(write_end), program, *_FLAGS.split()]
    with subprocess.Popen(
        [*command, f"--user-data-dir={profile}"], pass_fds=(read_end, write_end), stderr=subprocess.DEVNULL
    ) as process:
        os.close(read_end)
        os.close(write_end)
        try:
            yield Page(out, back)
        finally:
            process.terminate()
            process.wait(20)
            os.close(out)
            os.close(back)
