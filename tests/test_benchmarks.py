"""The benchmarks still run; what they measure is never a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PROGRAMS = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if path.name != "measure.py")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_every_benchmark_runs(program: Path) -> None:
    run = subprocess.run([sys.executable, str(program), "--quick"], capture_output=True, text=True, encoding="utf-8")

    assert run.returncode == 0, run.stderr
    assert len(run.stdout.strip().split("\n")) > 3, run.stdout
    assert "MISSED" not in run.stdout  # a quick run judges nothing


def test_every_benchmark_is_in_the_list() -> None:
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")

    assert PROGRAMS
    assert [path.name for path in PROGRAMS if f"`{path.name}`" not in readme] == []
