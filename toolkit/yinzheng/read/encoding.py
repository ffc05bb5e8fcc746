"""From bytes to text, and never a guess that is not said: UTF-8 first, then what Chinese texts were saved in."""

from __future__ import annotations

import codecs
import re

from ..errors import YinzhengError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What other files begin with, and what to do with them.
_MAGIC: dict[bytes, str] = {
    **dict.fromkeys(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\x7fELF", b"MZ\x90"),
        "this is a binary file, and no text",
    ),
    b"\xd0\xcf\x11\xe0": "this is an old Word file (.doc), or one with a password; save it as .docx without one",
    b"{\\rtf": "this is an RTF file; save it as .docx",
    b"From: <Saved by": "this is a web archive (MHTML); save the page as HTML",
}
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030", "x-x-big5": "big5hkscs"}
_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "cp950": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
# What a server or a page declares of itself without having looked; and codecs of Python that are none for texts.
_CARELESS = {"iso8859-1", "cp1252", "ascii", "utf-8"}
_NO_TEXT = {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "utf-7"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # no text holds them; the wrong decoding does
_SAMPLE = 200_000
# The commonest characters of Chinese prose in either script, and the marks that stand between them.
_COMMON = frozenset(
    "的一是不了在人有我他這这中大來来上個个國国到說说們们為为子和你地出道也時时年得就那要下以生會会自着著去之過过家學学對对可她里裏後后小麼么心多天而能好都然沒没"
    "日於于起還还發发成事只作當当想看文無无開开手十用主行方又如前所本見见經经頭头面公同三已老從从動动兩两長长知民樣样現现分將将外但身些與与高意進进把法此實实"
    "回二理美點点月明其種种聲声全工己話话兒儿者向情部正名定女問问力機机給给等幾几很業业最間间新什打便位因重被走電电四第門门相次東东政海口使教西再平真聽听世氣气"
    "信北少關关並并內内加化由却卻代軍军產产入先山五太水萬万市眼體体別别處处總总才場场師师書书比住員员九笑性通目華华報报立馬马命張张活難难神數数件安表原車车白"
    "應应路期叫死常提感金何更反合放做系計计或司利受光王果親亲界及今京務务制解各任至清物台象記记邊边共風风戰战干接它許许八特覺觉望直服毛林題题建南度統统色字"
    "請请交愛爱讓让認认算論论百吃義义科怎元社術术結结六功指思非流每青管夫連连遠远資资隊队跟帶带花快條条院變变聯联言權权往展該该領领傳传近留紅红治決决周保達达"
    "辦办運运武半候七必城父強强步完革深區区即求品士轉转量空甚眾众技輕轻程告江語语英基派滿满式李息寫写呢識识極极令黃黄德收臉脸錢钱黨党倒未持取設设始版雙双歷历"
    "，。、；：？！「」『』《》（）“”‘’…—　 "
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of some bytes, without BOM and with LF line ends, and what a person should know of how it was read.

    Raises YinzhengError for an empty text, a binary file, and bytes that no encoding explains: nothing is replaced.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise YinzhengError("the file is empty")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise YinzhengError(what)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            said = () if encoding == "utf-8-sig" else (f"read as {encoding.upper()}",)
            return _lines(_strict(data, encoding)), said
    name = _codec(declared)
    wide = _utf16(data)
    if wide:
        return _lines(_strict(data, wide)), ("read as UTF-16",)
    if b"\x00" in data[:_SAMPLE]:
        raise YinzhengError("this is a binary file, and no text (it holds NUL bytes)")
    if name and name.startswith(("iso2022", "hz")) and data.isascii():
        return _lines(_strict(data, name)), (f"read as {name}, as declared",)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, name, error)
    # What is valid as UTF-8 and not plain ASCII is UTF-8, whatever the page or the server says that it is.
    lied = declared is not None and name != "utf-8" and not data.isascii()
    return _lines(text), (f"read as UTF-8, and not as the {declared} that it declares",) if lied else ()


def _codec(declared: str | None) -> str | None:
    """Python's name of a declared charset; none for one that is unknown or no encoding of texts."""
    try:
        name = codecs.lookup(_ALIASES.get(declared.lower(), declared)).name if declared else None
    except (LookupError, ValueError):
        return None
    return None if name in _NO_TEXT else name


def _legacy(data: bytes, declared: str | None, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    """What is not UTF-8: as it is declared, where that was said with care; else by what makes common Chinese of it."""
    if declared and declared not in _CARELESS:
        try:
            return _lines(data.decode(declared)), (f"read as {_NAMES.get(declared, declared)}, as declared",)
        except (UnicodeError, LookupError):
            pass
    best: tuple[float, str, str] | None = None
    furthest = error
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as other:
            furthest = max(furthest, other, key=lambda one: one.start)
            continue
        score = likelihood(text[:_SAMPLE])
        if best is None or score > best[0]:
            best = (score, encoding, text)
    if best is not None and best[0] >= 0.15:
        return _lines(best[2]), (f"read as {_NAMES[best[1]]}",)
    if declared in ("iso8859-1", "cp1252"):
        return _lines(_strict(data, "cp1252")), ("read as windows-1252, as declared",)
    line = data.count(10, 0, furthest.start) + 1
    raise YinzhengError(
        f"undecodable byte 0x{data[furthest.start]:02x} at offset {furthest.start}, line {line}: "
        "no UTF-8, GB18030 or Big5; save it as UTF-8 and try again"
    )


def likelihood(text: str) -> float:
    """How much of the text beyond ASCII is common Chinese, 0 to 1: the wrong decoding gives rare characters."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 0.0
    strange = sum("\ue000" <= c <= "\uf8ff" or c < "\xa0" for c in beyond) + len(_CONTROL.findall(text))
    return (sum(c in _COMMON for c in beyond) - 4 * strange) / len(beyond)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte of its spaces, digits and line ends is NUL."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(sample)  # the sample may end inside a pair
        except UnicodeDecodeError:
            continue
        letters = sum(c.isalnum() or c.isspace() or c in _COMMON for c in text)
        if "\x00" not in text and letters > 0.8 * len(text) and (likelihood(text) > 0.3 or text.isascii()):
            return encoding
    return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise YinzhengError(f"not {encoding.upper()} at byte {error.start}; save it as UTF-8 and try again") from error


def _lines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise YinzhengError("this is a binary file, and no text (it holds NUL characters)")
    if not re.search(r"\w", text):
        raise YinzhengError("there is no word in this file")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
