"""Templates of events: one file each, with its minutes and its agenda."""
