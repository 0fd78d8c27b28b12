"""A file of YAML becomes values that know their places; and the other way round, laid out."""
