"""The addresses of finished pages: what a renderer could make of a text that the check had not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish import addresses

OWN = "https://www.exemple.fr/iae/"


def told(page: str, folder: Path) -> list[str]:
    """Return what is refused in one page."""
    (folder / "a").mkdir(exist_ok=True)
    (folder / "a" / "index.html").write_text(page, "utf-8")
    return addresses.refused(folder, OWN)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " \x01javascript:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "tel:04 66%0d",
        "blob:https://a.fr/x",
        "//autre.fr/page",
        "/\\autre.fr/page",
        "https://nom:secret@autre.fr/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://legifrance.gouv.fr.autre.fr/",
        "https://www.exemple.fr.autre.local/iae/",
    ],
)
@pytest.mark.parametrize("tag", ['<a href="{}">', "<a class=x href='{}'>", '<img alt="" SRC="{}">'])
def test_an_address_that_leads_elsewhere_stops_the_build(
    tag: str, address: str, tmp_path: Path
) -> None:
    """However it is written: browsers pass over spaces, and read coded letters."""
    (message,) = told(f"<p>Lire {tag.format(address)}ceci</a></p>", tmp_path)
    assert message.startswith("/a/ : ")


def test_an_address_without_quotes_is_read_too(tmp_path: Path) -> None:
    assert len(told("<a href=javascript:alert(1)>ceci</a>", tmp_path)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "../b/",
        "tel:+33466000000",
        "#place",
        "?embed=1",
        "/iae/a/",
        f"{OWN}a/",
        "https://autre.fr/page?a=1#b",
        "http://ancien-reseau.fr",
        "mailto:contact@autre.fr",
        "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000043995980",
    ],
)
def test_other_addresses_pass(address: str, tmp_path: Path) -> None:
    assert told(f'<a href="{address}">ceci</a> <code>href="javascript:x"</code>', tmp_path) == []
