"""Activity types: one file each, its settings and what it does when it starts, closes and is revealed."""
