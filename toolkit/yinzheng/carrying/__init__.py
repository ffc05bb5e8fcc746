"""Carry ids and annotations from one text to the next: every one comes through, or is reported.

Data flows one way: letters → `features` → `align` (a gap) → `paragraphs` (fates) → `spans` or `checks` (places).
Pure: nothing here reads or writes a file.
"""

from .carry import CarriedAnnotation, CarriedParagraph, Carry, carry

__all__ = ["CarriedAnnotation", "CarriedParagraph", "Carry", "carry"]
