"""Models become the Markdown tree of the site: `{path: Markdown}`."""
