"""French spacing, in one place, for the answers and for the site's pages.

People write ordinary spaces. French needs some of them unbreakable: « ainsi : », « 24 mois ».
"""

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_BEFORE = re.compile(r"(?<=\S) (?=[;!?](?:\s|$|[)\]»*]))")
_COLON = re.compile(r"(?<=\S) (?=:(?:\s|$))")
_OPENING = re.compile(r"« ?(?=\S)")
_CLOSING = re.compile(r"(?<=\S) ?»")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:mois|jours?|ans?|heures?|h|critères?|euros?|€|%|janvier|février|mars|avril"
    r"|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?!\w))"
)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def french(text: str) -> str:
    r"""Return `text` with the spaces that must not break made unbreakable.

    >>> french("« 24 mois » : oui").encode("ascii", "backslashreplace").decode()
    '\\xab\\xa024\\xa0mois\\xa0\\xbb\\xa0: oui'
    """
    text = _BEFORE.sub(NARROW, text)
    text = _COLON.sub(NO_BREAK, text)
    text = _OPENING.sub(f"«{NO_BREAK}", text)
    text = _CLOSING.sub(f"{NO_BREAK}»", text)
    text = _UNIT.sub(NO_BREAK, text)
    return _THOUSANDS.sub(NARROW, text)
