"""The entries that the mentions of names share, made from a document's mentions and from what it defines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..ids import name_birth
from ..records import EntityLabel, Name
from ..script import convert, detect
from .entities import Glossary
from .entities.lexicon import lexicon
from .found import Entity


@dataclass(slots=True)
class _Seen:
    label: EntityLabel
    chinese: Counter[str] = field(default_factory=Counter)
    latin: Counter[str] = field(default_factory=Counter)


def names(work: str, mentions: Iterable[tuple[str, Entity]], glossary: Glossary) -> list[Name]:
    """An entry for each key among a document's mentions (surface, entity), in the order of their first mention.

    ``en`` is what the article gives or what a table has (``en_source``: article, CLDR, lexicon), and null otherwise.
    """
    seen: dict[str, _Seen] = {}
    for surface, entity in mentions:
        one = seen.setdefault(entity.key, _Seen(entity.label))
        (one.latin if _is_latin(surface) else one.chinese)[surface] += 1
    return [_name(work, key, one, glossary) for key, one in seen.items()]


def _name(work: str, key: str, seen: _Seen, glossary: Glossary) -> Name:
    own, known = glossary.own.rows.get(key), lexicon().rows.get(key)
    rows = [row for row in (own, known) if row]
    english, source = next(((row.en, row.source) for row in rows if row.en), (None, None))
    short = next((row.abbr for row in rows if row.abbr), None)
    if not english and seen.latin:  # the article itself writes it so
        english, source = max(seen.latin, key=lambda form: (seen.latin[form], len(form))), "article"
        if short == english:
            english, source = None, None
    hant, hans = known_forms(known.zh_hant, known.zh_hans) if known else (None, None)
    surfaces = [form for form in seen.chinese if len(form) > 1 or len(seen.chinese) == 1]
    if not hant and (surfaces or (own and own.zh_hant)):
        form = own.zh_hant if own and own.zh_hant else max(surfaces, key=lambda s: (len(s), s))
        hant, hans = _both(form or "")
    label = own.label if own else seen.label
    main = {hant, hans, english, short}
    aka = sorted({form for form in (*seen.chinese, *seen.latin) if form not in main and len(form) > 1} - {None})
    return Name(
        id=name_birth(work, key), label=label, zh_hant=hant, zh_hans=hans, en=english, en_source=source,
        abbr=short, aka=tuple(aka), wikidata=None, note=None,
    )  # fmt: skip


def known_forms(hant: str | None, hans: str | None) -> tuple[str | None, str | None]:
    """A table's forms; where the mainland's is not another word, the same in its characters."""
    return hant, hans or (convert(hant, "hant", "hans") if hant else None)


def _both(form: str) -> tuple[str, str]:
    if detect(form) == "hans":
        return convert(form, "hans", "hant"), form
    return form, convert(form, "hant", "hans")


def _is_latin(surface: str) -> bool:
    return not any("㐀" <= character <= "鿿" for character in surface)
