"""Phrases that say how a person feels about what they name: liking, disliking, having seen, wanting, refusing, comparing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from chatrec.engines.builtin.wording import phrases, spelled

Cue = Literal[
    "not", "like", "dislike", "seen", "want", "anew", "anchor", "unlike", "less", "only", "mild", "mine",
    "good", "good_verb", "bad", "bad_verb", "copula",
]  # fmt: skip
"""`want` is a strong wish, `anew` a weak one (something, maybe) that ends a refusal; `good` and `bad` judge what stands before,
with a copula between or (`_verb`) without; `mild` is neither for nor against; `mine` is a favourite."""

_PHRASES: Mapping[Cue, str] = {
    "not": """
        no|none|not one|any country but|anywhere but|anyone but|any but|all but|not|without|nothing|never|none of|nor|neither|
        avoid|avoiding|skip|exclude|excluding|except|except for|but not|anything but|everything but|anything except|
        everything except|other than|rather than|instead of|no more|enough|don't|doesn't|didn't|isn't|aren't|wasn't|
        weren't|won't|can't|couldn't|wouldn't|haven't|hasn't|hadn't|ain't|minus|free of|hold the|apart from|
        not another|leave out|scared of|scared by|afraid of|frightened of|frightened by|terrified of|terrified by|fear of|
        phobia of|freaked out by|nightmares from|upset by|
        stay away from|steer clear of|not interested in|no interest in|not in the mood for|
        sin|nada de|ningun|ninguna|tampoco|excepto|sans|pas|pas de|pas trop|jamais|rien de|sauf|ohne|kein|keine|
        keinen|nicht|nichts|ausser|senza|niente|nessun|tranne|sem|nao|nenhum|exceto
    """,
    "like": """
        love|loved|loves|loving|adore|adored|adores|liked|likes|enjoy|enjoyed|enjoys|fan of|fond of|i'm into|
        am into|really into|are into|get into|got into|been into|keen on|obsessed with|favourite|favorite|
        favourites|favorites|fave|faves|can't get enough of|appreciate|appreciated|dig|blown away by|crazy about|
        mad about|partial to|impressed by|soft spot for|grew up on|sucker for|me gusta|me gustan|me gusto|
        me gustaron|me encanta|me encantan|me encanto|me encantaron|amo|adoro|j adore|j aime|j ai aime|j ai adore|
        aime|ich liebe|ich mag|mag|liebe|mochte|gefallt mir|gefiel mir|gern|mi piace|mi piacciono|mi e piaciuto|
        ho adorato|ho amato|gosto de|gosto|gostei de|adorei|amei
    """,
    "dislike": """
        hate|hated|hates|dislike|disliked|dislikes|can't stand|couldn't stand|can't bear|can't handle|
        can't deal with|can't watch|can't do|detest|loathe|loathed|despise|sick of|tired of|fed up with|bored of|
        bored with|bored by|don't care for|didn't care for|allergic to|had enough of|disappointed by|
        disappointed with|disappointed in|put off by|couldn't finish|walked out of|gave up on|fell asleep during|
        fell asleep in|not into|could not finish|could not stand|sworn off|over it with|odio|detesto|odie|deteste|
        je deteste|j ai deteste|ich hasse|hasse|odeio|odiei
    """,
    "seen": """
        seen|watched|saw|already know|rewatched|rewatch|already saw|seen it|watched it|know by heart|he visto|ya vi|
        ya he visto|vi|visto|deja vu|j ai vu|ai vu|gesehen|ho visto|gia visto|ja vi|assisti
    """,
    "want": """
        want|looking for|look for|searching for|search for|give me|show me|recommend|suggest|need|in the mood for|
        in mood for|feel like|feeling like|would like|would love|i'd like|i'd love|we'd like|we'd love|prefer|
        i'd rather|would rather|find me|fancy|craving|hoping for|let|how about|what about|got any|have any|is there|
        are there|want to see|want to watch|i'm after|bring me|get me|hit me with|up for|quiero|quisiera|busco|
        buscamos|recomienda|recomiendame|dame|je veux|je voudrais|je cherche|cherche|recommande|ich mochte|
        ich suche|ich will|suche|empfiehl|vorrei|voglio|cerco|consigliami|consiglia|quero|queria|procuro|recomenda|
        me gustaria
    """,
    "anew": """
        something|anything|some|maybe|perhaps|preferably|ideally|just|only|instead|please|more|algo|quelque chose|
        etwas|qualcosa|una|lieber|plutot|mejor|meglio
    """,
    "anchor": """
        similar to|such as|in the vein of|in the same vein as|in the style of|in the spirit of|reminiscent of|a la|
        along the lines of|comparable to|same vibe as|same vibe|same mood as|akin to|reminds me of|remind me of|
        as good as|close to|more like|something like|anything like|films like|movies like|film like|movie like|
        stuff like|things like|ones like|along with|evokes|vibes of|como|comme|wie|come|similar a|parecido a|
        parecida a|ahnlich wie|tipo|dans le style de|im stil von|nello stile di|no estilo de
    """,
    "unlike": """
        less like|nothing like|unlike|nothing similar to|not similar to
    """,
    "less": """
        less|fewer|menos|moins de|weniger|meno
    """,
    "only": """
        nothing but|only want|exclusively|strictly
    """,
    "mild": """
        don't mind|okay with|ok with|fine with|not opposed to|not against|don't object to|don't hate|no objection to|
        not scared of|not afraid of|
        isn't scared of|isn't afraid of|aren't scared of|aren't afraid of|not frightened of|not terrified of
    """,
    "mine": """
        my favourite|my favorite|my favourites|my favorites|my fave|my faves|all time favourites|all time favorites|
        all time favourite|all time favorite
    """,
    "good": """
        great|amazing|brilliant|fantastic|awesome|wonderful|excellent|perfect|superb|incredible|good|the best|
        a masterpiece|my thing|my jam|my cup of tea|for me|up my alley|up my street|ok|fine|spot on|lovely|terrific|
        fun|nice
    """,
    "good_verb": """
        blew me away|made me cry|made my day|loved it|works for me|was right up my street|love it|love them|
        loved them|loved that|liked it|enjoyed it|adored it
    """,
    "bad": """
        boring|bad|terrible|awful|overrated|disappointing|rubbish|garbage|trash|crap|dull|meh|annoying|horrible|
        a waste of time|pretentious|a letdown|unwatchable|mediocre|lame|tedious
    """,
    "bad_verb": """
        bores me|bore me|bored me|annoys me|annoy me|annoyed me|sucked|sucks|suck|put me to sleep|puts me to sleep|
        leave me cold|left me cold|leaves me cold|no thanks|hated it|hated that|hate it|hate them|
        didn't do it for me|doesn't do it for me|don't do it for me|didn't work for me|don't work for me|
        disappointed me|wasn't for me|make me cringe|give me a headache|didn't like it|don't like it|dislike it|
        didn't enjoy it|disliked it
    """,
    "copula": """
        is|was|were|are|found|find|thought|felt|been
    """,
}

CUES: Mapping[tuple[str, ...], Cue] = {phrase: cue for cue, text in _PHRASES.items() for phrase in phrases(text)}
LONGEST_CUE = max(map(len, CUES))

# Phrases with a negation or a liking in them that refuse and like nothing.
HARMLESS = frozenset(
    phrases(
        """
        can't decide|can't go wrong|can't remember|can't sleep|can't think|can't wait|couldn't care less|
        did you like|do not care|do not know|do people like|do you like|do you love|doesn't matter|don't care|
        don't know|don't worry|i don't know|i will like|i would like it|if not|might i like|never fails|never heard|
        never mind|nevermind|second to none|none the wiser|
        no clue|no doubt|no hurry|no idea|no matter|no offence|no offense|no one|no particular|
        no cap|no preference|no pressure|no problem|no reason|no rush|no worries|nobody|not bad|not bothered|not exactly|
        not fussy|not just|not long ago|not necessarily|not only|not picky|not sure|not that i know|not to mention|
        list me|list some|list all|list your|list the|list a few|list two|list three|list four|list five|list ten|a list of|
        list of|ill take|ill have|ill go with|ill go for|ill try|ill watch|ill pick|well take|well go with|
        not yet|nothing else|nothing happens|nothing much happens|nothing really happens|
        nothing ever happens|not much happens|nothing fancy|nothing in particular|nothing special|nothing specific|or not|
        should i like|whether or not|who scared of|who afraid of|who is scared of|who is afraid of|who is terrified of|
        who overcomes fear of|conquers fear of|why do people like|why do people love|why does everyone like|
        why does everyone love|why not|will i enjoy|will i like|would i enjoy|would i like|would i love|
        would we enjoy|would we like
        """
    )
)
LONGEST_HARMLESS = max(map(len, HARMLESS))

# After these, "like" is the verb; otherwise it compares.
BEFORE_LIKING = frozenset(
    spelled(
        "i we you they he she who also really do don't did didn't does doesn't never always both kids wife husband to "
        "generally usually normally "
        "especially mostly quite actually people daughter son friends mum mom dad partner girlfriend boyfriend all "
        "particularly rarely"
    )
)
PREPOSITIONS = frozenset(
    spelled("from with by about set in starring featuring for directed on made con avec mit von di com de over under")
)
JOINS = frozenset({"and", "or", "nor", "plus", "&", "/", "+", "y", "o", "et", "ou", "und", "oder", "e", "ni"})
# Words that are no name and nothing to refuse.
NO_NOUNS = frozenset(
    spelled(
        "i you we me my it that this the a an of to for in on at is are be so too very really please any film films "
        "movie movies thing things stuff one ones again watch see "
        "more than like with from by about and or too much many lot lots other same kind kinds want need was were has "
        "have had do does did can could would will there here what "
        "who which when how why all some something anything thanks thank you your he she they him his them her their us our "
        "if then else both just up out also bit little sure worries "
        "problem way idea clue need point use time today tonight now know think mind care matter sense him main type "
        "sort sorts types offence movie's its i'm i've i'd style "
        "into get got go going let say said mean feel make makes made made watching seeing seen already ever even still "
        "right left de la el le les un una une ein eine der die das que"
    )
)
TURNS = frozenset({"but", "however", "though", "although", "pero", "mais", "aber", "ma", "mas", "sondern", "sino"})
STARTS = frozenset(
    spelled(
        "i we my our something anything maybe perhaps preferably ideally just only please he she they you it i'd i'm "
        "i've we'd let's give show make"
    )
)
