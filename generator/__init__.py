"""What `build_site.py` calls: from `data/` to the site and the calculators' wheel."""
