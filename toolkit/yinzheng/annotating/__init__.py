"""From a text to suggestions: figures, entities and claims, by rules and a small model that the package ships.

Pure functions on stored text. Offsets are code points of it, half-open, and no span depends on a tokeniser's cut. What
the parts find (`found`) becomes records (`suggest`); the spaCy components wrap the same functions.
"""
