"""A command at a terminal: what a person sees there, with colours and questions."""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path


def on_screen(*arguments: str, cwd: Path, typed: str = "", columns: int = 60, **environment: str) -> tuple[str, int]:
    """What the command shows in a pseudo-terminal, and its exit code; ``typed`` is typed once it asks."""
    import fcntl  # none of these is on Windows
    import pty
    import struct
    import termios

    here = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}  # the screen's lead
    child, screen = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.execve(sys.executable, [sys.executable, "-m", "yinzheng", *arguments], {**here, **environment})
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    shown = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([screen], [], [], 0.1)[0]:
            try:
                some = os.read(screen, 1 << 16)
            except OSError:  # the child has closed it
                break
            if not some:
                break
            shown += some
            if typed and shown.rstrip().endswith((b"?", b")", b":")):
                os.write(screen, typed.encode())
                typed = ""
    os.close(screen)
    return shown.decode("utf-8").replace("\r\n", "\n"), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
