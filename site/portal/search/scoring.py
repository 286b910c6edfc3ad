"""The order of what is found: own language, then tier, then whether the title says it.

A score is a whole number, the same in every backend: own language 16, tiers from exact 10 to related 0 in
steps of 2, title 1.
"""

from .enums import Tier

OWN_LANGUAGE = 16
TITLE = 1
TIER = {tier: 2 * (Tier.RELATED - tier) for tier in Tier}
"""What an entry of a tier is given."""


def tier_of(score: int) -> Tier:
    return Tier(Tier.RELATED - (score % OWN_LANGUAGE) // 2)
