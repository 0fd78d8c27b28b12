"""The directory that the State publishes: its file is read, checked row by row, and kept by département."""
