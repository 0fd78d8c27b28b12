"""What a change does to the site and to its answers, and what must be reread."""
