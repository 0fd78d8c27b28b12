"""The effects of a change on the site and its answers, and the list of things to reread."""
