"""What the tests stand on: a composed article, the real one where it is, and a workspace in a temporary folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("YINZHENG_SHARED", ROOT.parent / "shared"))
# Suites of other projects (w3c/web-annotation-tests, the schema of the TEI …), which the tests use where they are here.
SUITES = Path(os.environ.get("YINZHENG_SUITES", ROOT.parent / "suites"))

settings.register_profile("yinzheng", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yinzheng")


@pytest.fixture(scope="session")
def lighthouse() -> str:
    """An article composed for the tests, in the shape of a saved web page."""
    return (ROOT / "tests" / "texts" / "lighthouse.zh-Hant.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def article() -> Path:
    """The real article; only on machines that have it."""
    path = SHARED / "texts" / "park2023.zh-Hant.txt"
    if not path.exists():
        pytest.skip("the article's text is not on this machine")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty workspace."""
    for name in ("corpus", "annotations"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A workspace with the bundled work in it."""
    run = yinzheng("init", str(tmp_path), "--demo", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    return tmp_path


@pytest.fixture
def unmarked(demo: Path) -> Path:
    """The bundled work as it was before it was annotated: no annotations, no edition curated."""
    for path in (demo / "annotations" / "park2023").glob("*.jsonl"):
        path.write_text("")
    toml = demo / "corpus" / "park2023" / "work.toml"
    lines = toml.read_text(encoding="utf-8").splitlines(keepends=True)
    toml.write_text("".join(line for line in lines if not line.startswith("curated")), encoding="utf-8")
    return demo


Yinzheng = Callable[..., "subprocess.CompletedProcess[str]"]


def yinzheng(
    *arguments: str, cwd: Path, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "yinzheng", *arguments],
        cwd=cwd,
        input=stdin if stdin is not None else b"",
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
    )
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode("utf-8"), run.stderr.decode("utf-8", "replace")
    )
