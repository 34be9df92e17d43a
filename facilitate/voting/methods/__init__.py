"""Methods of counting: one pure file each, with its source, the shape of its ballots and a doctest."""
