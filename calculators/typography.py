"""French spaces and apostrophes, in one place, for the answers and for the site's pages.

People type ordinary spaces and straight apostrophes. French needs some of the former unbreakable,
« ainsi : », « 24 mois », and the latter curved: « l’emploi ».
"""

import re
from functools import lru_cache

NO_BREAK = "\u00a0"
NARROW = "\u202f"
APOSTROPHE = "\u2019"

_UNITS = (
    "mois|jours?|ans?|heures?|h|critères?|euros?|€|%|janvier|février|mars|avril|mai|juin|juillet"
    "|août|septembre|octobre|novembre|décembre"
)
# Each starts with its own sign, and looks back after it: the search leaps from sign to sign.
_SIGNS = re.compile(
    r" (?:(?P<narrow>"
    r"(?<=\S )(?=[;!?](?:\s|$|[)\]»*]))"  # before a high sign
    r"|(?<=\d )(?=\d{3}(?!\d))"  # between thousands
    r")"
    r"|(?<=\S )(?=:(?:\s|$))"
    r"|(?<=« )(?=\S)"
    r"|(?<=\S )(?=»)"
    r"|(?<=\b[LRD]\. )(?=\d)"  # in the number of an article
    rf"|(?:(?<=\d )|(?<=1er ))(?=(?:{_UNITS})(?!\w))"
    r")"
    r"|«(?=\S)|»(?<=[^\s«]»)"  # without a space
    # After a letter, and before one, a number, a quotation, or the Markdown or slot that holds them.
    r"|'(?<=[^\W\d_]')(?=[^\W_]|[«*\[{]|\Z)"
)
_INSTEAD = {" ": NO_BREAK, "«": f"«{NO_BREAK}", "»": f"{NO_BREAK}»", "'": APOSTROPHE}


def _instead(match: re.Match[str]) -> str:
    return NARROW if match.lastgroup == "narrow" else _INSTEAD[match[0]]


def number(value: float, unit: str | None = None) -> str:
    """Write a number as French reads it; cents have two digits, and a whole sum has none.

    >>> number(1801.8, "euro"), number(1801.8), number(12000, "euro")
    ('1 801,80', '1 801,8', '12 000')
    """
    cents = unit == "euro" and value != int(value)
    text = f"{value:,.2f}" if cents else f"{value:,}"
    return text.replace(",", " ").replace(".", ",")


def quantity(count: int, noun: str) -> str:
    """Write a whole number and what it counts.

    >>> quantity(1, "jour"), quantity(1204, "jour"), quantity(2, "semaine entière")
    ('1 jour', '1 204 jours', '2 semaines entières')
    """
    many = "s" if count >= 2 else ""
    return f"{number(count)} {' '.join(word + many for word in noun.split())}"


@lru_cache(maxsize=4096)  # a batch says the same sentences again and again
def french(text: str) -> str:
    r"""Return `text` with the spaces and the apostrophes of French.

    >>> french("« l'IAE » : oui").encode("ascii", "backslashreplace").decode()
    '\\xab\\xa0l\\u2019IAE\\xa0\\xbb\\xa0: oui'
    """
    return _SIGNS.sub(_instead, text)
