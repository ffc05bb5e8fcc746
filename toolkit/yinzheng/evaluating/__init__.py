"""How right annotations are, and how far two annotators agree: the measures of the annotator and of a data card.

One side is the gold: texts annotated by quoting (`gold`), or a folder of annotations (`folders`). The other is what
`annotate` suggests for the same texts, or a second person's pass. Everything is compared in letters, so a span with or
without a closing mark is one span.
"""

from .folders import Annotate, read, side, with_other, with_suggestions
from .measures import Measure, measures
from .passage import Passage

__all__ = ["Annotate", "Measure", "Passage", "measures", "read", "side", "with_other", "with_suggestions"]
