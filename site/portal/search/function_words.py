"""Words that hold a sentence together and are in every text: not asked for when other words are."""

from collections.abc import Collection

from .analysis import Sought

_FINNISH = """
ja tai vai sekä eli joko että jotta koska kun jos vaikka kuin niin myös vain on ei ole olla oli se ne tämä
nämä tuo joka jotka mikä mitä missä mistä milloin kuka miten miksi minä sinä hän me te he
mutta eikä ovat eivät en et mihin minne kuinka mitkä minkä jossa josta johon jonka sen siitä siinä
tämän tässä tästä sinne siellä täällä
"""
_SWEDISH = """
och eller samt att som om när då så men också bara är var inte en ett den det de dem denna detta dessa i på av
för med till från vid hos mot ur vad vem vilken hur varför jag du han hon hen vi ni
har hade kan ska blir där här dit man sig oss er min mitt mina din ditt dina vart vilket vilka än
"""
_ENGLISH = """
the a an and or of in on at to for with from by is are was be it this that these what who how
where when which why as i you we my can do does has have not
"""
FUNCTION_WORDS = {
    "fi": frozenset(_FINNISH.split()),
    "sv": frozenset(_SWEDISH.split()),
    "en": frozenset(_ENGLISH.split()),
}


def worth_looking_for(sought: list[Sought], language: str, kept: Collection[str] = ()) -> list[Sought]:
    """Without and, or, the: unless there is nothing else, or they are to be kept."""
    dropped = FUNCTION_WORDS.get(language, frozenset())
    return [one for one in sought if one.word not in dropped or one.word in kept] or sought
