"""Any CSL style, through pandoc: it makes the citations and the list once, and they become a `Style` like ours.

What CSL cannot say is said all the same: an entry's own "Not verified", behind it; a role that it does not know, as a
sentence for the person.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..bib import Bibliography, closure
from ..errors import YinzhengError
from .bundle import Bundle
from .cited import Cited, Place
from .excerpt import Excerpt
from .formats.csl_json import items
from .inline import Emph, Inline, Link, Node, Sup, Text, inline
from .phrases import phrase
from .publication import line, roles
from .reference import Reference, reference
from .styles import DEFAULT, STYLES, Style, zh

_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_TYPES = ([1, 23], [1, 22])  # versions of pandoc's document types: pandoc 3, and 2.11 to 2.19
_LESS = "\uf8f0"  # stands for < on the way, which citeproc would take for a tag
_SECONDS = 60
_QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


@dataclass(frozen=True, slots=True)
class _Made:
    """What pandoc made of the citations, in their order, and of the entries, in the order of the list."""

    citations: list[list[Any]]
    entries: dict[str, list[Any]]


def style(
    path: Path,
    passages: Sequence[Sequence[Excerpt]],
    bibliographies: Mapping[str, Bibliography],
    keys: Sequence[tuple[str, str, str]] = (),
) -> tuple[Style, list[str]]:
    """The style of a CSL file, for these excerpts and references alone, and what it cannot say of them.

    Raises YinzhengError where there is no pandoc, or the file is no CSL style that stands by itself.
    """
    label, lang, notes = _described(path)
    cited = [(one, _said(one, bibliographies[one.work], lang)) for passage in passages for one in passage]
    wanted = [*((one.work, one.edition.cite) for one, _ in cited), *((work, key) for work, key, _ in keys)]
    entries = {entry.key: entry for work, key in wanted for entry in closure(bibliographies[work], [key])}
    references, _ = items(Bundle((), (), tuple(entries.values())))
    lost = [
        f"{entry.key}: CSL has no role {role or 'editora'}; a style prints {who} as translator or editor, or not at all"
        for entry in entries.values()
        for role, who in roles(entry)
    ]
    made = _made(path, references, [(one.edition.cite, one.locator or "", said) for one, said in cited])
    if not made.entries:
        lost.append("this style makes no list of references; below they stand in no style")
    places = {key: number for number, key in enumerate(made.entries)}
    if any(one.number and not one.page and one.edition.locator == "counted" for one, _ in cited):
        lost.append("the paragraphs are counted, and not printed there: see whether this style allows such numbers")

    def cite(excerpt: Excerpt, found: Reference, place: Place) -> Cited:
        said = _said(excerpt, bibliographies[excerpt.work], lang)
        tree = tuple(_inline(made.citations[place.note - 1]))
        gloss = inline(f" [{excerpt.gloss}; {phrase('gloss', lang)}]") if excerpt.gloss else ()
        text, note = ((), tree) if notes else (tree, ())
        return Cited(text, note, gloss, said.prefix, said.locator, said.suffix)

    def entry(found: Reference, around: str) -> Inline:
        tree = tuple(_inline(made.entries[found.key])) if made.entries else inline(line(entries[found.key]))
        return inline(tree, zh.unverified(found, around) if lang != "en" else _unverified(found))

    def heading(around: str) -> str:
        return zh.heading(around) if lang != "en" else "References"

    return (
        Style(
            label=label,
            language="en" if lang == "en" else "zh",
            kind="note" if notes else "author-page",  # so that no number or letter is added to those of the style
            block=STYLES[DEFAULT[lang[:2]]].block,
            heading=heading,
            cite=cite,
            entry=entry,
            order=lambda one: places.get(one.key, len(places)),
        ),
        lost,
    )


def _described(path: Path) -> tuple[str, str, bool]:
    """(title, tag of the language, whether it is a style of notes) of a CSL file."""
    try:
        root = ET.parse(path).getroot()
    except OSError as error:
        raise YinzhengError(f"cannot be read: {error.strerror}", path=path) from error
    except (ET.ParseError, UnicodeError, ValueError) as error:
        raise YinzhengError(f"no CSL style: {error}; styles are at https://www.zotero.org/styles", path=path) from error
    if root.tag != f"{_NAMESPACE}style":
        raise YinzhengError("no CSL style; styles are at https://www.zotero.org/styles", path=path)
    for link in root.iter(f"{_NAMESPACE}link"):
        if link.get("rel") == "independent-parent" and root.find(f"{_NAMESPACE}citation") is None:
            raise YinzhengError(f"this style only points to another; take that one: {link.get('href')}", path=path)
    locale = root.get("default-locale", "en")
    lang = "en" if not locale.startswith("zh") else "zh-Hant" if locale.endswith(("TW", "HK")) else "zh-Hans"
    title = root.findtext(f"{_NAMESPACE}info/{_NAMESPACE}title") or path.stem
    return title, lang, root.get("class") == "note"


def _said(excerpt: Excerpt, bibliography: Bibliography, lang: str) -> Cited:
    """What our own style of the language says before and behind a citation."""
    own = STYLES[DEFAULT[lang[:2]]]
    return own.cite(excerpt, reference(bibliography, excerpt.edition.cite), Place(lang=lang))


def _made(path: Path, references: list[dict[str, Any]], cited: Sequence[tuple[str, str, Cited]]) -> _Made:
    document = {
        "meta": {"nocite": {"t": "MetaInlines", "c": [_cite("*", "", Cited())]}},
        "blocks": [{"t": "Para", "c": [_cite(key, locator, said)]} for key, locator, said in cited],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "references.json"
        file.write_text(json.dumps(references).replace("<", _LESS), encoding="utf-8")
        options = ["--citeproc", "--csl", str(path), "--bibliography", str(file), "-f", "json", "-t", "json"]
        for version in _TYPES:
            done = _pandoc(options, json.dumps({"pandoc-api-version": version, **document}))
            if done.returncode == 0 or b"API version" not in done.stderr:
                break
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().replace("\n", " ")
        raise YinzhengError(f"pandoc cannot use this style: {said}", path=path)
    blocks = json.loads(done.stdout)["blocks"]
    listed = blocks[len(cited)]["c"][1] if blocks[len(cited) :] else []  # some styles of notes make no list
    entries = {div["c"][0][0].removeprefix("ref-"): _content(div) for div in listed}
    return _Made([paragraph["c"][0]["c"][1] for paragraph in blocks[: len(cited)]], entries)


def _pandoc(options: list[str], document: str) -> subprocess.CompletedProcess[bytes]:
    command = shutil.which("pandoc")
    if command is None:
        try:
            import pypandoc  # late: the extra, where no pandoc is on the PATH
        except ImportError as error:
            raise YinzhengError(
                "--csl needs pandoc: install it (https://pandoc.org), or run: pip install 'yinzheng[csl]'"
            ) from error
        command = pypandoc.get_pandoc_path()
    try:
        return subprocess.run([command, *options], input=document.encode(), capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise YinzhengError(f"pandoc does not run: {error}") from error


def _cite(key: str, locator: str, said: Cited) -> dict[str, Any]:
    """A citation as pandoc has it; the locator in braces, so that nothing else is taken for one."""
    behind = (f"{{{locator}}}" if locator and said.locator else "") + (f", {said.suffix}" if said.suffix else "")
    one = {
        "citationId": key,
        "citationPrefix": _words(said.prefix),
        "citationSuffix": _words(behind),
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[one], [{"t": "Str", "c": key}]]}


def _words(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for word in text.split():
        found += [{"t": "Space"}] if found else []
        found.append({"t": "Str", "c": word})
    return found


def _content(block: Any) -> list[Any]:
    """The inlines of an entry, whose parts may stand in blocks."""
    if block["t"] == "Div":
        return [part for inner in block["c"][1] for part in _content(inner)]
    return list(block["c"])


def _inline(tree: list[Any]) -> Iterator[Node]:
    """Our nodes of pandoc's: what we have no node for is its words."""
    for node in tree:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            yield Text(content.replace(_LESS, "<"))
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield Text(" ")
        elif kind == "Emph":
            yield Emph(_plain(content))
        elif kind == "Superscript":
            yield Sup(_plain(content))
        elif kind == "Link":
            words = _plain(content[1])
            yield Link(content[2][0]) if words == content[2][0] else Text(words)
        elif kind == "Quoted":
            marks = _QUOTES[content[0]["t"]]
            yield from (Text(marks[0]), *_inline(content[1]), Text(marks[1]))
        elif kind == "Note":
            yield from (part for block in content for part in _inline(_content(block)))
        elif kind in ("Span", "Cite"):
            yield from _inline(content[1])
        elif kind in ("Code", "Math", "RawInline"):
            yield Text(content[1])
        elif isinstance(content, list):
            yield from _inline(content)


def _plain(tree: list[Any]) -> str:
    return "".join(node.url if isinstance(node, Link) else node.text for node in _inline(tree))


def _unverified(found: Reference) -> str:
    return f" [Not verified: {found.unverified}]" if found.unverified else ""
