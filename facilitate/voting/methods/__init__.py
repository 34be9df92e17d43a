"""Methods of counting: one pure file each, with its source, the shape of its ballots and a doctest.

A method has NAME, SHAPE (ballots.py) and `count(options, ballots, settings) -> Result`; DISPLAY says how its result is drawn, FIGURES which
figures stand beside an option, the first one being the length of its bar; ASKS names the settings that it needs, with their usual
values. A method that elects, passes or funds says with `chosen(result)` which options. Where sums tell enough,
`tally(options, ballots, settings)` makes them and `decide(options, sums, settings)` counts from them.
"""
