"""work.toml: which editions a work has, what they are to each other, and who may do what with them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from .errors import YinzhengError
from .records import Name

KEY = re.compile(r"[a-z][a-z0-9-]*")

Role = Literal["original", "translation", "digest"]
LocatorKind = Literal["page", "printed", "counted"]

UNDETERMINED = "http://rightsstatements.org/vocab/UND/1.0/"


SHARED = 14  # Han characters in a row, from which on they are taken for the text's own words
CJK = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]")
# where a name has no mark of these, a sentence of some length has
_CLAUSE = re.compile(r"[。｡！？；;!?]|[，：,:](?![0-9０-９])")
_BEFORE = re.compile(r"[。｡．！？；：….!?;:][\s「『“‘」』”’\"'()（）]*$")
_BEHIND = re.compile(r"[」』”’\"')）]*(?:[。｡．！？；…!?;]|\.(?:\s|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One text of a work. ``lang``: BCP 47 (zh-Hant, zh-Hans, en). ``of``: the edition it renders or digests.

    ``cite``: its key in references.bib. ``locator``: whether a citation may point to a printed page, to paragraph
    numbers that the source prints, or only to our own count. ``curated``: suggestions stay out of it. ``quote_limit``:
    the per cent of a text in copyright beyond which `cite` and `verify` warn that much of it is quoted.
    """

    key: str
    lang: str
    role: Role
    of: str | None
    cite: str
    text: Literal["included", "local"]
    rights: str
    holder: str | None
    obtain: str | None
    medium: str | None
    locator: LocatorKind
    curated: bool = False
    quote_limit: int | None = None

    def gives(self, label: str, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a record of an entity or a figure may hold the words ``[start, end)`` of a text: of one that is
        local, names, titles, figures and short terms, which are facts, and no sentence (DESIGN section 2).

        What is shorter than `SHARED` Han characters (or kana, hangul) and than 21 words is given. A name or figure may
        be twice as long in Chinese, without marks of a clause; the title of a work or law four times, in 40 words, with
        any mark but a full stop. None of them but a title fills a sentence.
        """
        if self.text == "included":
            return True
        words = text[start:end]
        size, count = len(CJK.findall(words)), len(words.split())
        if label in ("WORK_OF_ART", "LAW"):
            return size < 4 * SHARED and count <= 40 and "。" not in words
        if count > 20 or size >= 2 * SHARED or (size >= SHARED and (label == "TERM" or _CLAUSE.search(words))):
            return False
        behind = len(text) if end is None else end
        fills = _BEHIND.match(text[behind : behind + 4]) and (
            not text[max(0, start - 4) : start].strip() or _BEFORE.search(text[max(0, start - 4) : start])
        )
        return not (fills and (size >= SHARED or count >= 8))

    @property
    def language(self) -> str:
        """The primary subtag: ``zh`` or ``en``."""
        return self.lang.split("-")[0].lower()

    @property
    def script(self) -> Literal["hant", "hans"] | None:
        """The script of a Chinese edition, as its tag says it."""
        tag = self.lang.lower()
        if not tag.startswith("zh"):
            return None
        return "hans" if "hans" in tag or tag.endswith(("-cn", "-sg")) else "hant"

    @property
    def tag(self) -> str:
        """``zh-Hant`` or ``zh-Hans`` for a Chinese edition (zh-TW, zh-CN), else its language."""
        return f"zh-{self.script.capitalize()}" if self.script else self.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work and its editions, in the order of work.toml: the first is the default."""

    key: str
    editions: dict[str, Edition] = field(default_factory=dict)

    def digest(self, language: str) -> Edition | None:
        """The open digest in a language, if the work has one."""
        return next((e for e in self.editions.values() if e.role == "digest" and e.language == language), None)

    def names(self, name: Name) -> bool:
        """Whether each form of a name is one that the records of every edition may hold."""
        forms = [form for form in (name.zh_hant, name.zh_hans, name.en, name.abbr, *name.aka) if form]
        return all(edition.gives(name.label, form) for edition in self.editions.values() for form in forms)


_FIELDS: dict[str, tuple[Any, bool]] = {  # name: (what it may be, whether it must be there)
    "lang": (str, True),
    "role": (get_args(Role), True),
    "of": (str, False),
    "cite": (str, True),
    "text": (("included", "local"), True),
    "rights": (str, True),
    "holder": (str, False),
    "obtain": (str, False),
    "medium": (str, False),
    "locator": (get_args(LocatorKind), True),
    "curated": (bool, False),
    "quote_limit": (int, False),
}


def parse(text: str, key: str, path: Path | None = None) -> Work:
    """Read a work.toml. Raises YinzhengError that names the edition and the field."""
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise YinzhengError("not TOML: nested too deep", path=path) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1  # it says: at end of document
        raise YinzhengError(f"not TOML: {error}", path=path, line=line) from error
    if data.get("work") != key:
        raise YinzhengError(f"work = {data.get('work')!r}, but the folder is {key!r}", path=path)
    tables = data.get("editions")
    if not isinstance(tables, dict) or not tables:
        raise YinzhengError("no [editions.KEY] table", path=path)
    editions = {name: _edition(name, table, path) for name, table in tables.items()}
    for edition in editions.values():
        if edition.of is not None and edition.of not in editions:
            raise YinzhengError(f"edition {edition.key}: of = {edition.of!r} is no edition of this work", path=path)
    return Work(key=key, editions=editions)


def _edition(name: str, table: Any, path: Path | None) -> Edition:
    if not KEY.fullmatch(name) or not isinstance(table, dict):
        raise YinzhengError(f"edition key {name!r}: a letter, then letters, digits and hyphens", path=path)
    for column in table.keys() - _FIELDS.keys():
        raise YinzhengError(f"edition {name}: unknown field {column!r}", path=path)
    values: dict[str, Any] = {"key": name}
    for column, (allowed, required) in _FIELDS.items():
        value = table.get(column)
        if value is None:
            if required:
                raise YinzhengError(f"edition {name}: {column} is missing", path=path)
            values[column] = False if allowed is bool else None
        elif value not in allowed if isinstance(allowed, tuple) else not isinstance(value, allowed):
            wanted = " | ".join(allowed) if isinstance(allowed, tuple) else allowed.__name__
            raise YinzhengError(f"edition {name}: {column} = {value!r} is not {wanted}", path=path)
        else:
            values[column] = value
    return Edition(**values)


def with_edition(text: str | None, work: str, edition: Edition) -> str:
    """work.toml with one more edition, everything a person wrote in it kept as it is."""
    import tomlkit  # late: reading does not need it

    document = tomlkit.parse(text) if text else tomlkit.document()
    if "work" not in document:
        document["work"] = work
    tables = document.setdefault("editions", tomlkit.table(is_super_table=True))
    table = tomlkit.table()
    for column in _FIELDS:
        value = getattr(edition, column)
        if value is not None and value is not False:
            table[column] = value
    tables[edition.key] = table
    return tomlkit.dumps(document)


def with_language(text: str, edition: str, lang: str) -> str:
    """work.toml with another language tag of an edition, everything else kept as it is."""
    import tomlkit  # late: nothing that only reads needs it

    document: Any = tomlkit.parse(text)
    document["editions"][edition]["lang"] = lang
    return tomlkit.dumps(document)
