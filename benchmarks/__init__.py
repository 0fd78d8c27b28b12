"""Speed and size, as figures to look at: `make bench`. Nothing here is a test."""
