"""A parsed message -> the English text to search with: wanted themes and telling words, without titles, refusals and filler."""

from __future__ import annotations

from collections.abc import Sequence

from chatrec.engines.builtin.negation import Stance
from chatrec.engines.builtin.parsed import Parsed
from chatrec.engines.builtin.wording import spelled

LONGEST = 60
_PARAPHRASE = 3  # words
_LONGEST_WORD = 30
_WANTED = frozenset({Stance.PLAIN, Stance.WANT, Stance.LIKE, Stance.ANCHOR})
FILLER = frozenset(
    spelled(
        """
        nvm picture winner winners date visiting visit properly still
        a about after again all almost also although always am an and another any anybody anyone anything are around
        as ask at away back be because been before being best better between big bit both bring but by bye can case
        choose come comes could days did different dig do does doing done either else enough especially etc even
        evening ever every everyone everything exactly except far fairly feel feeling few film films find fine first
        flick flicks for friday from fun get gets getting give given go going good got great guess had has have
        having he hello help her here hey hi him his hope how i i'd i'll i'm i've idea if in into is it item items
        its job just kind kinda know last later least let like liked little long look looking looks lot lots love
        loved made maybe make makes making many match matter may me mean might mine mood more most movie movies much
        must my myself name need never new next nice night no nor not now of off oh ok okay on once one ones only or
        other others our out over part pick picks pls please plus possible possibly preferably prefer pretty
        probably quite rather re real really recommend recommendation recommendations right said same saturday say
        see seen set she should show shows similar since so some somebody someone something somewhere sort spirit
        stuff style such suggest suggestion suggestions sunday sure take tell than thank thanks that the their them
        then there these they thing things think this those though time title titles to today together tomorrow
        tonight too totally try two until up us use used very via vibe vibes want wanted wants was watch watched
        watching way we week weekend well were what what's whatever when where whether which while who whole why
        altogether entirely
        will with within without won't would year years yes yet you your you're lately recently currently basically
        literally honestly anyway seems seem kindly hmm um uh er ah yeah yep nah nope lol wow movie's film's night's
        kinds types type three four five six seven eight nine ten couple top list maximum minimum ish per rated
        rating minutes hours hour minute min mins runtime length year's old oldest ago plan planning boyfriend
        girlfriend wife husband partner mum mom dad friend friends family parents roommate gf bf daughter son kids
        kid children people person bored boring cinema netflix available stream streaming tv opinion favorite
        favourite favorites favourites lines vein along everyone's there's we'd we're we've let's don't doesn't
        didn't isn't can't couldn't wouldn't haven't forget actually ugh idk surprise already directed director
        directors starring actor actress actors mind fun-loving completely instead anderes andere anderen otra otras
        otro cosa autre autres altro altra altri outra outro ideas guy guys equally compromise stasera lungo lunga
        non hot cold end start ends begin thoughts options option choice feels felt world wide best-of must-see de
        la el los las un una unos unas y o que con sin por para en del al como mas muy algo pelicula peliculas ver
        quiero quisiera busco mi gusta gustan gusto encanta encanto encantan recomienda recomiendame recomiendas
        puedes pueden favor hola gracias pero donde cuando es esta este esto hay alguna alguno algun tipo anos ano
        le les des du une et ou qui avec sans pour dans sur comme tres quelque chose veux voudrais cherche je tu il
        elle nous vous j ai l d c est peu pas ne bonjour merci mais recommande regarder voir aime adore ce cette ces
        se quoi annees der die das den dem ein eine einen einem einer und oder mit ohne fur von zu im auf wie ist
        sind ich sie wir ihr mir mich etwas filme suche mochte gerne gern bitte danke hallo aber nicht kein keine
        auch noch sehen schauen empfiehl empfehlen empfehlung mag liebe lo gli uno e ed che senza di da nel della
        delle dei piu molto qualcosa vorrei voglio cerco piace piacciono consigliami consiglia guardare vedere ciao
        grazie ma sono sia os uma uns umas com sem em na dos muito filmes quero queria procuro gosto assistir
        recomenda recomende obrigado ola recommends aus omg teach above below bruh sum fr cap slaps meets
        releases release dunno haha hahaha lmao heute abend gonna wanna gotta kinda
        stuff feeling mood catalog catalogue tonight's bro dude man guys folks cool
        """
    )
)


def gather(parsed: Parsed, extra: Sequence[str]) -> str:
    """Themes in English, the person's own telling words, then `extra`; each word once, at most LONGEST words."""
    pieces: list[str] = []
    for part, stance in zip(parsed.parts, parsed.stances, strict=True):
        if stance not in _WANTED or part.harmless:
            continue
        concept = part.concept
        if concept is not None:
            if concept.kind == "mood":
                pieces += [
                    part.norm if part.norm.isascii() and part.norm in _spoken(concept.search, part.norm) else "",
                    concept.search,
                ]
            elif concept.kind == "topic":
                pieces += [*_own_words(part.norm), concept.search]
            elif concept.kind in ("genre", "form"):
                pieces.append(concept.search)
        elif part.is_word and _telling(part.norm):
            pieces.append(part.norm)
    pieces += extra
    words = [word for piece in pieces for word in piece.split()]
    return " ".join(list(dict.fromkeys(words))[:LONGEST])


def _own_words(norm: str) -> list[str]:
    """The words of a short name ("bank robbery" for a heist) beside the catalog's own; a paraphrase of it adds nothing."""
    words = norm.split()
    return [word for word in words if _telling(word)] if len(words) < _PARAPHRASE else []


def _telling(word: str) -> bool:
    """Whether a word without a meaning of its own is worth searching for; other scripts are not, the texts are English."""
    return 2 < len(word) <= _LONGEST_WORD and word.isascii() and word not in FILLER and word.split("'")[0] not in FILLER


def _spoken(search: str, norm: str) -> tuple[str, ...]:
    """The person's word beside the mood's own, kept when it is English: it says more than the mood's name does."""
    return (norm,) if norm not in FILLER and search and not _OF_ONESELF & set(norm.split()) else ()


_OF_ONESELF = frozenset(
    spelled("i i'm feeling day broke up breakup break dumped sunday asleep tired background noise brain sick")
)
