"""Pydantic knows this type: no file of the site holds such a number."""


class Fraction: ...
