"""What annotating costs: `yz.annotate` beside a spaCy pipeline of the shape of zh_core_web_sm, on one core.

The peer is initialised, not trained: tok2vec (width 96, depth 4), tagger, parser and ner over jieba words, with as many
labels as OntoNotes has; its speed is that of its shape, and its results mean nothing. Targets: at least 4 times as many
characters a second; a peak of less than 500 MB on a text of 100 MB, whether of short lines or of one; and with
``--jobs 2`` at least 1.7 times as fast.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import Report, alternated, command, interpreter, options, prose

MB = 1_000_000


def peer() -> Any:
    """The pipeline, with labels enough."""
    import rjieba
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("zh")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=(words := rjieba.cut(text)), spaces=[False] * len(words))
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500], "include_static_vectors": False,
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3,
    }  # fmt: skip
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    shared = {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}
    for pipe in ("tagger", "parser", "ner"):
        nlp.add_pipe(pipe, config={"model": shared})
    examples = []
    for text in list(prose("zh", 4_000))[:20]:
        doc = nlp.tokenizer(text)
        size = len(doc)
        ents = ["O"] * size
        for at in range(0, size - 1, 7):
            ents[at] = f"U-LABEL{at // 7 % 18}"
        columns = {
            "tags": [f"TAG{at % 36}" for at in range(size)], "heads": [max(at - 1, 0) for at in range(size)],
            "deps": ["ROOT"] + [f"DEP{at % 44}" for at in range(1, size)], "entities": ents,
        }  # fmt: skip
        examples.append(Example.from_dict(doc, columns))
    nlp.initialize(lambda: examples)
    return nlp


def timed(nlp: Any, texts: list[str]) -> float:
    """Seconds of the peer."""
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - start


def ours(texts: list[str]) -> float:
    """Seconds of all three types, records made."""
    import yinzheng as yz

    start = time.perf_counter()
    yz.annotate(texts)
    return time.perf_counter() - start


def annotated(path: Path, jobs: int) -> tuple[float, float, int]:
    """`measure.command` of `yinzheng annotate FILE`."""
    return command("annotate", str(path), "--jobs", str(jobs))


def main() -> int:
    """Speed on one core, then two processes, then memory."""
    parser = options(__doc__)
    parser.add_argument("--megabytes", type=int, default=100, help="of the text that memory is measured on")
    arguments = parser.parse_args()
    quick = arguments.quick
    if hasattr(os, "sched_setaffinity"):
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    print(interpreter())
    report = Report("", "ours", "peer", "ratio", "target", judged=not quick)
    nlp = peer()
    for language in ("zh", "en"):
        texts = list(prose(language, 3_000 if quick else 100_000))
        size = sum(map(len, texts))
        ours(texts[:3]), timed(nlp, texts[:3])
        mine, other = alternated(1 if quick else 3, lambda: ours(texts), lambda: timed(nlp, texts))  # noqa: B023
        met = other / mine >= 4 if language == "zh" else None
        report.row(
            f"{language}: characters a second, one core", f"{size / mine:,.0f}", f"{size / other:,.0f}",
            f"{other / mine:.1f}", "≥ 4" if language == "zh" else "", met=met,
        )  # fmt: skip
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        path.write_text("引證\n", encoding="utf-8")
        begin = annotated(path, 1)[1]
        path.write_text("\n".join(prose("zh", 3_000 if quick else 1_500_000)), encoding="utf-8")
        one, one_worked, _ = annotated(path, 1)
        two, two_worked, _ = annotated(path, 2)
        gain = one / two
        report.row("--jobs 2 beside one: seconds", f"{two:.1f}", f"{one:.1f}", f"{gain:.2f}", "≥ 1.7", met=gain >= 1.7)
        # what a machine would do that nobody else is on: it begins alone, and the rest is shared (Amdahl)
        shared = begin + (two_worked - begin) / 2
        report.row(
            "… by processor seconds, two cores to itself", f"{shared:.1f}", f"{one_worked:.1f}",
            f"{one_worked / shared:.2f}",
        )  # fmt: skip
        most = (0.01 if quick else arguments.megabytes) * MB
        for name, separator in (("short lines", "\n"), ("one line", "")):
            with path.open("w", encoding="utf-8") as file:
                for part in prose("zh", int(most / 3)):
                    file.write(part + separator)
            seconds, _, peak = annotated(path, 2)
            report.row(
                f"{most / MB:g} MB, {name}: peak MB; seconds",
                str(peak),
                "",
                f"{seconds:.0f} s",
                "< 500",
                met=peak < 500,
            )
    return report.exit()


if __name__ == "__main__":
    sys.exit(main())
