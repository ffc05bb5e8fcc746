"""From an excerpt to a citation: one record, a style that makes an inline tree, a format that prints it."""
