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
_MAGIC = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"%PDF",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030", "x-x-big5": "big5hkscs"}
_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "cp950": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
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
    if data.startswith(_MAGIC):
        raise YinzhengError("this is a binary file, and no text")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            said = () if encoding == "utf-8-sig" else (f"read as {encoding.upper()}",)
            return _lines(_strict(data, encoding)), said
    if declared:
        name = _ALIASES.get(declared.lower(), declared)
        try:
            return _lines(data.decode(name)), () if _is_utf8(name) else (
                f"read as {_NAMES.get(name, name)}, as declared",
            )
        except (UnicodeDecodeError, LookupError):
            pass
    wide = _utf16(data)
    if wide:
        return _lines(_strict(data, wide)), ("read as UTF-16",)
    if b"\x00" in data[:_SAMPLE]:
        raise YinzhengError("this is a binary file, and no text (it holds NUL bytes)")
    try:
        return _lines(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def _legacy(data: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    best: tuple[float, str, str] | None = None
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = likelihood(text[:_SAMPLE])
        if best is None or score > best[0]:
            best = (score, encoding, text)
    if best is None or best[0] < 0.15:
        line = data.count(10, 0, error.start) + 1
        raise YinzhengError(
            f"undecodable byte 0x{data[error.start]:02x} at offset {error.start}, line {line}: "
            "no UTF-8, GB18030 or Big5; save it as UTF-8 and try again"
        )
    return _lines(best[2]), (f"read as {_NAMES[best[1]]}",)


def likelihood(text: str) -> float:
    """How much of the text beyond ASCII is common Chinese, 0 to 1: the wrong decoding gives rare characters."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 0.0
    strange = sum("\ue000" <= c <= "\uf8ff" or c < "\xa0" for c in beyond)
    return (sum(c in _COMMON for c in beyond) - 4 * strange) / len(beyond)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte of its spaces, digits and line ends is NUL."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    for encoding, newline in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        if newline in sample or b"\x00" in sample:
            try:
                text = sample[: len(sample) // 2 * 2].decode(encoding)
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


def _is_utf8(name: str) -> bool:
    return name.lower().replace("-", "").replace("_", "") in ("utf8", "usascii", "ascii")


def _lines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise YinzhengError("this is a binary file, and no text (it holds NUL characters)")
    if not re.search(r"\w", text):
        raise YinzhengError("there is no word in this file")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
