"""Markdown asks which extensions are installed: those of the workshop have no such list."""


def entry_points(**names):
    return ()
