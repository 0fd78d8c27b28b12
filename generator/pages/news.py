"""The news of networks: what is to come, what is over, and their feed."""

from __future__ import annotations

from datetime import date

from generator.content import models
from generator.content.load import Content

type Items = list[tuple[str, models.News]]


def current(content: Content, network: str | None = None) -> Items:
    """Return the news that are not over on the day of the content, the nearest first."""
    items = [one for one in _of(content, network) if one[1].last_day >= content.today]
    return sorted(items, key=lambda one: (one[1].day, one[0]))


def past(content: Content, network: str | None = None) -> Items:
    """Return the news that are over, the newest first."""
    items = [one for one in _of(content, network) if one[1].last_day < content.today]
    return sorted(items, key=lambda one: (one[1].day, one[0]), reverse=True)


def published(key: str) -> date:
    """Return the day of publication of news, which their name starts with."""
    return date.fromisoformat(key[:10])


def _of(content: Content, network: str | None) -> Items:
    return [
        (key, one)
        for key, one in content.news.items()
        if network is None or network in one.networks
    ]
