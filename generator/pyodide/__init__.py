"""Python for the reader's browser: Pyodide, cut to the needs of the calculators, and their wheel."""
