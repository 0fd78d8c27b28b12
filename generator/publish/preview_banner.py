"""The page of addresses that do not exist, in the preview of a proposal: it is no page of `docs/`."""

from __future__ import annotations

from pathlib import Path

_START, _END = '<div data-md-component="announce">', "</aside>"


def announce(site: Path) -> None:
    """Say first on `404.html` what each page of the preview says, in the home page's markup."""
    banner = (site / "index.html").read_text("utf-8").partition(_START)[2].partition(_END)
    missing = site / "404.html"
    text = missing.read_text("utf-8")
    told = _START + "".join(banner[:2])
    if told not in text:  # kept from the last build
        missing.write_text(text.replace(_START, told, 1), "utf-8")
