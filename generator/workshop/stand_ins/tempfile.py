"""Jinja would keep its compiled templates in files: the workshop keeps none."""
