"""Values become checked models: all of `data/`, or every mistake at once."""
