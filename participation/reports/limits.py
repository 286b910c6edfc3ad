"""How much goes where: known to what is counted, said and drawn alike."""

MOST_IN_DOCUMENT = 1000
"""Contributions that PDF and DOCX hold in full; with more, the PDF gets annex volumes."""
IN_VOLUME = 2000
CHARACTERS_IN_VOLUME = 1_500_000
"""A volume of unusually long texts ends early, so that its making stays under 500 MB."""
MOST_SUPPORTED = 20
MOST_SUPPORTED_PER_LANGUAGE = 10
MOST_BARS = 32
"""Bars that fit a page; of more groups only the largest are drawn, the table has them all."""
BARS_OF_MANY = 18
