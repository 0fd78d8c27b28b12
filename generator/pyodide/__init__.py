"""Python for the reader's browser: Pyodide cut to what the calculators need, and their wheel."""
