"""A page to read: the text with its annotations, its names and its citations, in one file that needs nothing else."""

from __future__ import annotations

from .page import write as write
