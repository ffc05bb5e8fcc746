"""What describes the data to other programs, made of the records: datapackage.json (Frictionless) and croissant.json
(MLCommons). `test_packages` writes both."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any, Literal, get_args, get_origin

from conftest import ROOT
from yinzheng import jsonl
from yinzheng.records import Claim, Entity, Figure, Link, Name, Paragraph
from yinzheng.workspace import FILES, Workspace

JSON = dict[str, Any]
WORK = "park2023"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "Yinzheng: the annotation of Park (2023)"
SUMMARY = (
    "Claims, entities and figures of Seohee Ashley Park's article on Japan's technonationalism and semiconductors (2023) "
    "in its Chinese version, without the article's text, and of two digests of it, in Chinese and English, with their "
    "text; the names that they mention; the alignment of the editions."
)
# Text of the files, and what each is: the schema in toolkit/yinzheng/schemas has the same name.
WHAT = {
    "claim": (Claim, "what the author, or somebody whom the author reports, asserts"),
    "entity": (Entity, "mentions of persons, organisations, places, laws, terms"),
    "figure": (Figure, "sums of money, percentages, quantities, dates, with their values"),
    "name": (Name, "what the mentions of one entity share, in Chinese and English"),
    "link": (Link, "which paragraphs of two editions say the same"),
    "paragraph": (Paragraph, "the paragraphs of an edition, in reading order"),
}
# Columns that hold the id of an entry of names.jsonl.
NAMED = ("name", "speaker", "payer", "payee", "subject")


def files() -> dict[str, tuple[str, str]]:
    """By name: the path of a file, and what its lines are."""
    found = {kind: (f"annotations/{WORK}/{name}", kind) for kind, name in FILES.items()}
    found |= {"name": (f"annotations/{WORK}/names.jsonl", "name"), "link": (f"corpus/{WORK}/alignment.jsonl", "link")}
    for edition in Workspace(ROOT).work(WORK).editions:
        if (ROOT / (path := f"corpus/{WORK}/{edition}.jsonl")).exists():
            found[f"paragraph-{edition}"] = (path, "paragraph")
    return found


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def _option(hint: Any) -> Any:
    return next(one for one in jsonl.options(hint) if one is not type(None))


def _field(name: str, hint: Any) -> JSON:
    option = _option(hint)
    constraints: JSON = {} if type(None) in jsonl.options(hint) else {"required": True}
    if get_origin(option) is tuple:
        kind = "array"
    elif get_origin(option) is Literal:
        kind = "string"
        constraints["enum"] = list(get_args(option))
    else:
        kind = {str: "string", int: "integer", float: "number", bool: "boolean"}[option]
    return {"name": name, "type": kind, **({"constraints": constraints} if constraints else {})}


def datapackage() -> JSON:
    """The data package of this repository."""
    resources = []
    for name, (path, kind) in files().items():
        record: Any = WHAT[kind][0]
        columns = jsonl.columns(record)
        schema: JSON = {"fields": [_field(*column) for column in columns.items()]}
        if "id" in columns:
            schema["primaryKey"] = ["id"]
        if kind in FILES and (named := [column for column in NAMED if column in columns]):
            schema["foreignKeys"] = [
                {"fields": [column], "reference": {"resource": "name", "fields": ["id"]}} for column in named
            ]
        resources.append(
            {
                "name": name, "type": "table", "path": path, "scheme": "file", "format": "jsonl",
                "mediatype": "application/jsonl", "encoding": "utf-8", "description": WHAT[kind][1],
                "dialect": {"json": {"keyed": True}}, "schema": schema,
            }
        )  # fmt: skip
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"yinzheng-{WORK}", "title": TITLE, "description": SUMMARY, "version": version(),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "The Yinzheng contributors", "roles": ["creator"]}],
        "keywords": ["annotation", "Chinese", "English", "translation", "claims", "named entities", "semiconductors"],
        "resources": resources,
    }  # fmt: skip


_CONTEXT: JSON = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
    "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet",
    "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath",
    "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform", "samplingRate": "cr:samplingRate", "equivalentProperty": "cr:equivalentProperty",
}  # fmt: skip
_TYPES = {str: "sc:Text", int: "sc:Integer", float: "sc:Float", bool: "sc:Boolean"}


def croissant() -> JSON:
    """The same for machine learning: every file with its checksum, every column with its type."""
    objects, sets = [], []
    for name, (path, kind) in files().items():
        objects.append(
            {
                "@type": "cr:FileObject", "@id": f"{name}.jsonl", "name": f"{name}.jsonl", "contentUrl": path,
                "encodingFormat": "application/jsonlines", "description": WHAT[kind][1],
                "sha256": hashlib.sha256((ROOT / path).read_bytes()).hexdigest(),
            }
        )  # fmt: skip
        fields = []
        record: Any = WHAT[kind][0]
        for column, hint in jsonl.columns(record).items():
            option = _option(hint)
            many = get_origin(option) is tuple
            option = get_args(option)[0] if many else str if get_origin(option) is Literal else option
            source = {"fileObject": {"@id": f"{name}.jsonl"}, "extract": {"column": column}}
            field: JSON = {
                "@type": "cr:Field", "@id": f"{name}/{column}", "name": column, "dataType": _TYPES[option],
                "source": source, **({"repeated": True} if many else {}),
            }  # fmt: skip
            if kind in FILES and column in NAMED:
                field["references"] = {"field": {"@id": "name/id"}}
            fields.append(field)
        key = {"key": {"@id": f"{name}/id"}} if kind != "link" else {}
        sets.append(
            {"@type": "cr:RecordSet", "@id": name, "name": name, "description": WHAT[kind][1], **key, "field": fields}
        )
    return {
        "@context": _CONTEXT, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": f"yinzheng-{WORK}", "alternateName": TITLE, "description": SUMMARY, "license": LICENCE, "version": version(),
        "inLanguage": ["zh-Hant", "en"], "datePublished": "2026-11-24",
        "creator": {"@type": "sc:Organization", "name": "The Yinzheng contributors"},
        "citeAs": "Yinzheng contributors (2026). The annotation of Park (2023). See CITATION.cff.",
        "distribution": objects, "recordSet": sets,
    }  # fmt: skip
