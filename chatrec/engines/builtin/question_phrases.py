"""Questions and their aspects, comparisons, wishes and "more", as patterns over folded text."""

from __future__ import annotations

import re

from chatrec.engines.builtin.small_talk import any_of

ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "other",  # where it can be watched, which no catalog of films knows
        any_of(
            r"\bwhere (?:can|could|do|to|would|should|might)\b.{0,30}\b(?:watch|see|stream|find|get|rent|buy|view|download)\b",
            r"\bwhere (?:is|are) .{1,60}\b(?:streaming|available|showing|playing|on)\b",
            r"\b(?:on|in|at|via|through) (?:netflix|amazon|prime|disney|hulu|hbo|max|apple|mubi|peacock|paramount|"
            r"criterion|youtube|tv|"
            r"dvd|blu-?ray|demand|cinemas?|theat(?:er|re)s?|the cinema)\b",
            r"\b(?:stream|streaming|streamed|rent|rented|available|showing|download)\b",
            r"\bdonde (?:puedo|se puede) ver\b|\bou (?:puis-je|peut-on|je peux) (?:le |la )?(?:voir|regarder)\b|\bwo kann "
            r"(?:ich|man)\b",
        ),
    ),
    (
        "why",
        any_of(
            r"^(?:but |and |so |ok |hm+,? )?why\b",
            r"\bhow come\b",
            r"\bwhat makes\b",
            r"\b(?:would|will|might|do you think) i(?:'d| would| will)? (?:like|enjoy|love)\b",
            "^reason",
            r"\bwhat's the reason\b",
            r"\bpor que\b",
            r"\bpourquoi\b",
            r"\bwarum\b",
            r"\bperche\b",
        ),
    ),
    (
        "director",
        any_of(
            r"\bwho(?:'s| is| was| has)? (?:the )?direct\w*\b",
            r"\bwho (?:made|filmed|shot|wrote and directed)\b",
            r"\bdirector\b",
            r"\bdirected by who\w*\b",
            r"\bwhose film\b",
            r"\bquien (?:la |lo )?(?:dirigio|dirige)\b",
            r"\bqui (?:l'?a |a )?realis\w+\b",
            r"\bwer hat\b.*\bregie\b",
            r"\bregie\b",
            r"\bchi (?:l'?ha |ha )?dirett\w+\b",
            r"\bquem dirigiu\b",
        ),
    ),
    (
        "cast",
        any_of(
            r"\bwho(?:'s| is| are| was| were| else is)? in\b",
            r"\bwho (?:stars?|acts?|plays?|starred|acted|played|are the)\b",
            r"\bcast\b",
            r"\bact(?:or|ress)(?:e?s)?\b",
            r"\bstars? in\b",
            r"\bstarring who\w*\b",
            r"\bwho else\b",
            r"\bquien (?:actua|sale)\b",
            r"\bwer spielt\b",
            r"\bqui joue\b",
        ),
    ),
    (
        "year",
        any_of(
            r"\b(?:what|which) year\b",
            r"\bwhen (?:was|did|is|were)\b",
            r"\bhow old (?:is|are)\b",
            r"\brelease (?:date|year)\b",
            r"\bwhen's\b",
            r"^year\b",
            r"\bcame? out\b",
            r"\bde que ano\b",
            r"\bquelle annee\b",
            r"\bwelches jahr\b",
        ),
    ),
    (
        "runtime",
        any_of(
            r"\bhow (?:long|short)\b",
            r"\brun(?:ning)?[ -]?time\b",
            r"\bthe length\b",
            r"\bduration\b",
            r"\bhow many (?:minutes|hours)\b",
            r"\bcuanto dura\b",
            r"\bquelle duree\b",
            r"\bwie lang\w*\b",
            r"\bquanto dura\b",
        ),
    ),
    (
        "age",
        any_of(
            r"\b(?:suitable|ok|okay|appropriate|safe|good|fine|alright|all right|right|too \w+) for (?:a |an |my |the |"
            r"our |some |young )?(?:\w+ ){0,3}(?:kids?|child(?:ren)?|famil\w+|daughter|son|olds?|toddlers?|teen\w*|year|"
            r"\d+|adults|boys?|girls?)",
            r"\bcan (?:my|a|the|our|kids|children)\b.*\b(?:watch|see)\b",
            r"\bage (?:rating|limit)\b",
            r"\bcertificate\b",
            r"\b(?:it|this|that) rated\b",
            r"\bkid[ -]?friendly\b",
            r"\bfamily[ -]?friendly\b",
            r"\bfor (?:kids|children)\b",
            r"\b\d+ year old\b",
            r"\byear[ -]olds?\b",
        ),
    ),
    (
        "series",
        any_of(
            r"\bsequels?\b",
            r"\bprequels?\b",
            r"\bpart of (?:a|the|any) (?:series|trilogy|franchise|saga)\b",
            r"\bfollow[ -]?up\b",
            r"\bstand[ -]?alone\b",
            r"\bis there a (?:second|part two|part 2|second part)\b",
            r"\btrilogy\b",
            r"\bin (?:what|which) order\b",
            r"\bdo i need to (?:see|watch|have seen)\b",
        ),
    ),
    (
        "language",
        any_of(
            r"\b(?:what|which) language\b",
            r"\bsubtitle[sd]?\b",
            r"\bdubbed\b",
            r"\b(?:is|are|was) (?:it|this|that|they|.{1,40}) in (?:english|french|german|spanish|japanese|korean|italian|"
            r"chinese|russian)\b",
            r"\bdo they speak\b",
        ),
    ),
    (
        "country",
        any_of(
            r"\bwhere (?:is|was|'s|are|were|did)\b",
            r"\bwhere's\b",
            r"\b(?:what|which) country\b",
            r"\bwhere (?:does|do) .{1,40} come from\b",
            r"\bfilmed\b",
            r"\bde donde\b",
            r"\bd'ou\b",
            r"\bwoher\b",
        ),
    ),
    (
        "genre",
        any_of(
            r"\b(?:what|which) (?:genre|kind|type|sort)\b",
            r"\bgenre\b",
            r"\bis (?:it|this|that) (?:a|an) (?:comedy|drama|thriller|horror|western|musical|documentary|romance)\b",
        ),
    ),
    (
        "content",
        any_of(
            r"\b(?:scary|frightening|violent|violence|gore|gory|bloody|blood|sex|sexual|nudity|nude|swear\w*|language|"
            r"disturbing|creepy|drugs?|jump ?scares?|graphic|intense|sad|dark|depressing|upsetting|dog die\w*|"
            r"animals? die\w*|triggering)\b",
        ),
    ),
    (
        "rating",
        any_of(
            r"\b(?:any good|is .{1,40} good|worth|how good|ratings?|reviews?|acclaimed|critics|well reviewed|how popular|"
            r"overrated|underrated|won (?:any )?(?:awards?|oscars?)|the best|any awards|oscars?|great)\b",
            r"\b(?:people|others|viewers|readers|critics|reviewers|everyone|everybody|customers) (?:say|think|write|feel)\b",
        ),
    ),
    (
        "plot",
        any_of(
            r"\babout\b",
            r"\bwhat happens\b",
            r"\bplot\b",
            r"\bstory\b",
            r"\bsynopsis\b",
            r"\bpremise\b",
            r"\bdescribe\b",
            r"\bsummar\w+\b",
            r"\bmore info\w*\b",
            r"\bdetails\b",
            r"\btell me more\b",
            r"\bmore on\b",
            r"\bwhat(?:'s| is) (?:it|that|this)\b",
            r"\bde que (?:va|trata)\b",
            r"\bde quoi\b",
            r"\bworum\b",
            r"\bdi cosa\b",
            r"\bhow does it end\b",
            r"\bexplain\b",
            r"\bwhat(?:'s| is) …",
            r"^(?:(?:have|has|do) (?:you|u) (?:got |have )|got )…\W*$",
            r"\bwhat(?:'s| is) the \w+ one\b",
        ),
    ),
)

SHAPED = re.compile(
    "^(?:and |but |so |ok,? |okay,? |hm+,? |um,? |sorry,? |wait,? |please |hey,? |well,? )*(?:who|whose|what|what's|"
    "when|where|why|how|is|are|was|were|does|do|did|has|have|can|could|would|will|should|which|tell me|describe|"
    "more about|explain|any|anything about|quien|que|cuando|donde|por|cuanto|de|qui|quand|ou|pourquoi|quelle?|wer|"
    r"was|wann|wo|warum|wie|welche\w*|woher|worum|chi|cosa|quando|dove|perche|quanto|di|quem|o que)\b"
)

WISHING = any_of(
    r"\b(?:any|some)(?:thing|one) else\b",
    r"\bwhat(?:'s| is| was) (?:that|the) (?:film|movie|one) (?:where|about|with|in which|when|that)\b",
    r"\b(?:recommend|suggest|show me|give me|find me|do you have|have you got|got any|can you find|what should (?:i|"
    "we)|what can (?:i|we)|what to watch|what else|anything (?:like|similar|with|by|from|in|that|funny|good|new)|"
    r"something|looking for|in the mood|i want|i'd like|i would like|any (?:good |other |more )?(?:\w+ )?(?:films?|"
    "movies?|recommendations?|suggestions?|ideas)|is there (?:a|an|any|anything|something) (?!sequel|prequel|second|"
    "follow|part|violence|sex|gore|nudity|blood|swearing|twist|happy)|are there (?:any )?(?!sequel|prequel|jump)|"
    "how about|what about (?:a|an|some|something|comed|horror)|which (?:films?|movies?) |what (?:films?|movies?|"
    "are (?:some|good|the best))|similar to|films like|movies like|what's (?:a|the best) (?:good )?(?:film|movie|"
    r"\w+ (?:film|movie)))\b",
)

PRONOUN = re.compile(
    r"\b(?:it|its|it's|that|this|the film|the movie|he|she|they|him|one|them|these|those|ella|lo|la|la pelicula|le film|"
    r"der film|er|sie|esa|esta)\b"
)

BARE = re.compile(
    "^(?:and |but |so |ok |hm+ )*(?:why(?: not)?|how come|who directed|who(?:'s| is) the director|director|"
    "the director|the cast|cast|what year|which year|year|runtime|how long|the plot|plot|what about the plot|"
    "any good|what genre|genre|what language|which language|which country|what country|where from|suitable for kids|"
    "scary|violent|is there a sequel|any sequels|sequels?|sequel|who stars|who acts|who plays|tell me more|more info|"
    r"more details|go on|really|por que|pourquoi|warum|perche|where to watch(?: it| them)?|where can (?:i|we) (?:watch|"
    r"see|stream)|"
    r"(?:is it )?on (?:netflix|prime|disney|tv))\W*$"
)

COMPARING = any_of(
    r"\bvs\.?\b",
    r"\bversus\b",
    r"\bor\b",
    r"\bbetter\b",
    r"\bcompare\b",
    r"\bcompared\b",
    r"\bdifference\b",
    r"\bwhich\b",
    r"\brather\b",
    r"\boder\b",
    r"\bou\b",
    r"\bprefer\b",
    " o ",
)

OF_LIST = re.compile(
    r"\b(?:which|what's|what is|who's)\b.{0,30}?\b(?P<how>short\w*|long\w*|new\w*|old\w*|recent|scar\w+|violent|"
    r"dark\w*|funn\w+|best|better|popular|light\w*|suitable|good|sad\w*|happi\w+|first|rated|kid\w*|should i|should we|"
    r"would i|for me|would you|do you)\b|"
    r"\bcompare (?:them|these|those|the)\b"
)

SUPERLATIVE = re.compile(
    r"(?:and |or )?(?:which(?: one)?(?: is)?|what's|the|who's)(?: the)? (?!(?:rest|other|latter|former)\b)\w+(?:est|er)\W*$"
)

MOST_OF_LIST = any_of(
    r"^(?:and |so |but |ok(?:ay)?,? |hm+,? |of (?:them|these|those),? )*which(?: [\w']+){0,5}? the "
    r"(?:least|most|fewest|lowest|highest|smallest|biggest)\b",
    r"^(?:and |so |but )*(?:what(?:'s| is)|who's) the (?:least|most) \w+(?: one)?"
    r"(?: of (?:them|these|those|the (?:lot|list|bunch)))?\W*$",
    r"^(?:and |so |but |ok(?:ay)?,? |hm+,? )*the (?:(?!(?:rest|west|east|north|south)\b)\w+est|(?:least|most) \w+)"
    r"(?: one| film| movie)?(?: of (?:them|these|those|the (?:lot|list|bunch)))?\W*$",
)
"""Which of the last list has the least or the most of something; a wish would say "something with"."""

COMPARED_BY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("runtime", re.compile(r"\b(?:short|long|quick)\w*\b")),
    ("year", re.compile(r"\b(?:new|old|recent|first)\w*\b")),
    ("content", re.compile(r"\b(?:scar|viol|dark|gor|sad|blood|nud|sex|swear|curs|drug|brutal|disturb|frighten)\w*\b")),
    ("age", re.compile(r"\b(?:kids?|child\w*|suitable|famil\w+|year[ -]old)\b")),
    ("rating", re.compile(r"\b(?:better|best|good|rated|popular|acclaimed|worth|start with|should i|would you|do you)\b")),
)

MORE = any_of(
    r"\bmore\b(?! like| than)",
    r"\bothers?\b",
    r"\bsomething (?:else|different|other)\b",
    r"\banother\b",
    r"\bdifferent (?:ones?|films?|movies?|list)\b",
    r"\belse\b",
    r"^next\b",
    r"^again\b",
    r"\bkeep going\b",
    r"\bnone of (?:these|those|them)\b",
    r"\bnext (?:ones?|page|batch|five)\b",
    r"\bseen (?:them all|all of|all these|all those|these|those|them)\b",
    r"\bdon't like (?:any|these|those|them)\b",
    r"\bmas\b",
    r"\botras?\b",
    r"\bd'?autres?\b",
    r"\bmehr\b",
    r"\bandere\w*\b",
    r"\baltr[ioe]\b",
    r"\boutr[oa]s\b",
    r"\bnew ones\b",
    r"\bfresh\b",
    r"\btry again\b",
    r"\bnot (?:these|those|the)\b",
)

DIFFERENT = re.compile(r"(?:(?:show me|give me|try|how about) )?(?:something|anything) (?:else|different|other)(?: please)?\W*")
ENTIRELY = re.compile(
    r"(?:(?:show me|give me|try|how about|let's try|now|ok|okay) )*(?:something|anything) "
    r"(?:else (?:entirely|altogether|completely)|(?:completely|totally|entirely|altogether|radically) (?:else|different|new))"
    r"(?: please| now)*\W*"
)
"""A new topic, whatever it may be."""

WISH_WORDS = re.compile(
    r"\b(?:something|anything|more|recommend|suggest|want|looking|give|show|need|another|others?|else|similar|next|"
    r"find|like (?:it|that|those|them))\b"
)

STRONG_HEAD = re.compile(
    r"\b(?:i want|i'd like|i would like|i'd love|looking for|give (?:me|us)|show (?:me|us)|recommend|suggest|"
    "find (?:me|us)|how about|what about|let's (?:try|do|watch|have)|in the mood|feel like|feeling like|can you|"
    "could you|do you have|i need|we want|we need|we're looking|my (?:wife|husband|daughter|son|friend|partner|"
    "kids?) (?:wants|likes|loves)|tonight|now (?:i|for|a|some|something)|quiero|busco|je veux|je cherche|ich (?:will|"
    r"suche|mochte)|vorrei|cerco|quero)\b"
)

ORDERING = re.compile(
    r"\b(?:i want|i'd like|i'm looking|give (?:me|us)|show (?:me|us)|recommend|suggest|find (?:me|us)|quiero|"
    r"busco|je veux|je cherche|"
    r"ich (?:will|suche|mochte)|vorrei|cerco|quero)\b"
)

WEAK_HEAD = re.compile(r"^(?:ok(?:ay)?,? |hm+,? |well,? )?(?:something|a|an|some|any|the best|good|great|films?|movies?)\b")

ADDING = any_of(
    "^(?:and|but|also|only|with|without|not|no|make|same|still|preferably|or|maybe|in|from|even|plus|ideally|just|"
    r"nothing|less|more|slightly|a bit|a little|bit|too|y|et|und|e|pero|mais|aber)\b",
    r"\b(?:make (?:it|them)|as well|also|too$|of (?:these|those|them|that)|same|instead|add(?:ing)?|like (?:that|"
    r"those|these|this|it|them)\b)",
)

SELF = re.compile(r"\b(?:it|them|they|these|those|list)\b")

LOOKS_GOOD = re.compile(
    r"\b(?:looks?|sounds?|seems?) (?:really |very |pretty |quite )?(?:good|great|interesting|nice|fun|perfect|"
    r"promising|cool|amazing)\b"
)

MORE_LIKE = re.compile(r"\b(?:more|another|others?|something|anything|ones?|films?|movies?|similar) (?:\w+ )?(?:like|to)\b")
"""Others like one of the list are wanted, though it may have been praised as well."""

ARGUING = re.compile(
    r"^(?:(?:please|now|then|and|so|ok(?:ay)?|but|can you|could you|try to|go on|well)[, ]+)*"
    r"(?:argue (?:against|for|in favou?r of)|(?:make|give me) (?:a|the|your) (?:best )?case (?:for|against)|"
    r"talk me (?:out of|into)|convince me|persuade me|sell me|pitch|play devil's advocate|"
    r"what (?:speaks|is there to say) (?:for|against)|(?:give me )?(?:a |some |the )?reasons? (?:not|to|against|for)|"
    r"(?:tell me )?why (?:should (?:i|we) not|shouldn't|not)|defend)\b"
)
AGAINST = re.compile(
    r"\b(?:argue against|case against|talk me out of|devil's advocate|speaks against|reasons? (?:not to|against)|"
    r"why (?:shouldn't|should (?:i|we) not))\b"
)
"""Asked to speak for or against an item, and against it alone."""

CHOSEN = any_of(
    r"\b(?:i|we)(?:'?ll| will|'m| am|'re| are)(?: (?:just|probably|definitely|then|so))* (?:going to |gonna )?"
    r"(?:take|taking|go(?:ing)? (?:with|for)|watch|watching|try|pick|choose|have|start with|settle (?:on|for)|put on)\b",
    r"\b(?:i|we)(?:'ve| have)? (?:just )?(?:take|pick(?:ed)?|choose|chose|chosen|settled (?:on|for)|decided on)\b",
    r"\blet's (?:take|go (?:with|for)|watch|try|pick|have|start with|do|see|put on)\b",
    r"^(?:ok(?:ay)?,? |well,? |then )?(?:taking|going (?:with|for))\b",
    r"\b(?:it is|it'll be|it will be|wins|is the one)(?: then)?[ !.]*$",
)
"""The person has made up their mind for one of the list."""

NAMING = re.compile(
    "^(?:and |so )?(?:who (?:directed|made|stars? in|is in|starred in|plays in)|when (?:was|did)|how long is|"
    r"what(?:'s| is) .{1,60} about|what year (?:is|was|did)|"
    r"(?:would|will|might) (?:i|we) (?:like|enjoy|love))\b(?! (?:a|an|some)\b)"
)
