"""Pyodide reads these at its start; no package is loaded."""

from site import getsitepackages

from pyodide_js import loadedPackages  # a snapshot expects it here  # noqa: F401


class _Folder:
    def __str__(self):
        return getsitepackages()[0]


SITE_PACKAGES = DSO_DIR = _Folder()


def init_loaded_packages(): ...
