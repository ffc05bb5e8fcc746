"""Rules of the house, as tests: which way imports go, what starts late, what git must not hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SHARED

PACKAGE = ROOT / "toolkit" / "yinzheng"

# A module may import what stands in an earlier layer, or in its own package.
LAYERS = [
    {"errors"},
    {"records", "letters", "jsonl", "script", "store", "tex", "progress"},
    {"numerals", "tables", "schemas", "values"},
    {"ids", "stakes", "works", "segment", "bib", "read", "terminal"},
    {"paragraphs", "crossref", "carrying", "history", "edges"},
    {"workspace", "recognise"},
    {"targets", "citing", "holding", "placing", "checking", "finding", "language"},
    {"excerpts", "adding", "revising", "pending", "annotating"},
    {"deciding", "suggesting", "marking", "verifying", "handouts"},
    {"exchanging"},
    {"naming"},
    {"combining", "incoming"},
    {"evaluating"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
# The one place where each of these may be imported.
OWNERS = {
    "bibtexparser": "bib",
    "msgspec": "jsonl",
    "opencc": "script",
    "trafilatura": "read",
    "mammoth": "read",
    "pypdfium2": "read",
    "filelock": "store",
    "tomlkit": "works",
    "wcwidth": "terminal",
    "rapidfuzz": "carrying",
    "spacy": "annotating",
    "rjieba": "annotating",
    "babel": "annotating",
    "pycrfsuite": "annotating",
    "nltk": "evaluating",
    "pygamma_agreement": "evaluating",
    "pyarrow": "tables",
    "pandas": "tables",
    "polars": "tables",
    "anyascii": "citing",
    "pypandoc": "citing",
    "cassis": "exchanging",
    "conllu": "exchanging",
    "matplotlib": "exchanging",
}
# `carrying` is arithmetic from end to end; it, and what stands on it, is itself imported late.
ARITHMETIC = {
    "carrying",
    "revising",
    "deciding",
    "annotating",
    "suggesting",
    "marking",
    "verifying",
    "evaluating",
    "combining",
    "incoming",
}
FORBIDDEN_AT_TOP = {
    "cassis",
    "anyascii",
    "msgspec",
    "conllu",
    "matplotlib",
    "pypandoc",
    "rapidfuzz",
    "rjieba",
    "babel",
    "nltk",
    "spacy",
    "numpy",
    "trafilatura",
    "mammoth",
    "lxml",
    "pypdfium2",
    "opencc",
    "charset_normalizer",
}


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "data" not in path.parts]


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of the package that a module imports, at run time or only for types, with the top of outside ones."""
    found = set()
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1]
            target = [*base, *(node.module or "").split(".")]
            names = [part for part in target if part]
            found |= {names[0]} if names else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return
    level = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    mine = room(path)

    assert mine in level, f"{mine} stands in no layer"
    for name in imports(path) & level.keys():
        if name == mine or (mine == "workspace" and name in ("citing", "excerpts")):
            continue  # Workspace.excerpts, imported late: the public face of a later layer
        assert level[name] < level[mine] or {name, mine} <= {"records", "jsonl", "errors"}, f"{mine} imports {name}"


def test_styles_and_formats_do_not_know_each_other() -> None:
    for path in (PACKAGE / "citing" / "styles").glob("*.py"):
        assert "format" not in {
            part
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
            for part in (node.module or "").split(".")
        }
    for path in (PACKAGE / "citing" / "formats").glob("*.py"):
        assert "styles" not in {
            part
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
            for part in (node.module or "").split(".")
        }


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_owner(path: Path) -> None:
    for library in imports(path) & OWNERS.keys():
        assert room(path) == OWNERS[library], f"{library} in {path.name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {alias.name.split(".")[0] for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    top |= {
        (node.module or "").split(".")[0] for node in tree.body if isinstance(node, ast.ImportFrom) and not node.level
    }
    top |= {
        part.split(".")[0]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.level and room(path) not in ARITHMETIC
        for part in (node.module or "", *(alias.name for alias in node.names))
        if part.split(".")[0] in ARITHMETIC
    }
    allowed = {"numpy", "rapidfuzz", "rjieba"} if room(path) in ARITHMETIC else set()
    if path.name == "pipeline.py":  # spaCy asks for it, or `annotate --model` does
        allowed |= {"spacy"}

    assert not top & (FORBIDDEN_AT_TOP | ARITHMETIC) - allowed


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").split("\n")) <= 300


@pytest.mark.parametrize(
    "arguments", [["--help"], ["find", "熊本"], ["cite", "park2023:12"], ["cite", "--help"], ["show"]], ids=" ".join
)
def test_reading_never_imports_what_is_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, yinzheng.cli as c\n"
        f"try: c.cli({arguments!r}, prog_name='yinzheng', standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'thinc', 'numpy', 'trafilatura', 'lxml', 'mammoth', 'pypdfium2', 'tomlkit', 'yinzheng.segment.kinds'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(heavy)}' if heavy else 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)

    assert run.returncode == 0, run.stderr.decode()


def test_the_repository_holds_nothing_of_the_article() -> None:
    tool, source = SHARED / "tools" / "overlap.py", SHARED / "texts" / "park2023.zh-Hant.txt"
    if not tool.exists() or not source.exists():
        pytest.skip("the article's text is not on this machine")
    run = subprocess.run([sys.executable, str(tool), str(ROOT), str(source)], capture_output=True)

    assert run.returncode == 0, run.stdout.decode()


def test_a_reader_s_copy_is_never_in_git_nor_in_the_wheel() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout

    assert "/local/" not in files
    assert 'exclude = ["/corpus/*/local"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
