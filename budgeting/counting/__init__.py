"""Counting of participatory-budgeting votes: every rule, exact, explained.

Pure Python: no Django, no database, no clock and no randomness. The same election and the same
parameters give the same outcome on every machine. Amounts are integers of the minor currency unit,
everything derived from them is an exact rational number.
"""
