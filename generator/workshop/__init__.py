"""The page where people edit `data/` in a form, and the Python that answers it."""
