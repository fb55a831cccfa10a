"""Greetings, thanks, yes and no, starting over and what is out of scope, as patterns over folded text."""

from __future__ import annotations

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that matches where any of these does."""
    return re.compile("|".join(f"(?:{p})" for p in patterns))


RESET = any_of(
    r"\bstart (?:over|again|afresh|anew|from scratch|fresh)\b",
    r"^(?:please )?reset\b",
    r"\bforget (?:about )?(?:everything|all|it all|what i said|my wishes)\b",
    r"^(?:a )?new (?:search|conversation|chat|session|topic)\b",
    r"^clear\b(?! and)",
    r"\bfrom scratch\b",
    r"\bbegin again\b",
    r"\bscrap (?:everything|all)\b",
    r"\bwipe\b.{0,20}\b(?:slate|all|everything)\b",
    r"\bolvida(?:lo)? todo\b",
    r"\bempe(?:zar|cemos) de nuevo\b",
    r"\boublie tout\b",
    r"\brecommen(?:ce|cons)\b",
    r"\bvergiss alles\b",
    r"\bvon vorne?\b",
    r"\bneue suche\b",
    r"\bricominci\w+\b",
    r"\bdimentica tutto\b",
    r"\besque[cç]a? tudo\b",
    r"\bcomecar de novo\b",
)

FORGET = any_of(
    r"\bforget (?:about )?(?:that|this|those|them|it)\b(?! (?:i|we)\b)",
    r"\bscrap that\b",
    r"\bscratch that\b",
    r"^(?:ugh,? |oh,? |ok(?:ay)?,? |actually,? )?(?:never ?mind|nvm)\b(?=\s*(?:$|[.,;!]| that| all| it))",
    r"\bstart over\b",
)

TAKEN_BACK = re.compile(
    r"^(?:please |can you |could you |ok(?:ay)?,? |actually,? )*(?:forget|scrap|remove|drop|never ?mind|nvm)(?: about)?"
    r"(?: that| the fact that)? (?:i|we) (?:\w+ )?"
    r"(?:like|love|want|enjoy|hate|dislike|don't like|didn't like|said|am into|can't stand)"
)
"""A taste told before is taken back, and nothing wished for yet."""

ANYTHING = re.compile(
    r"(?:(?:ok(?:ay)?|well|hm+|um+|uh|oh|just|please|then|honestly|so|hey|lol|sorry|maybe|really|idk|dunno)[,. …]*)*"
    r"(?:surprise (?:me|us)(?: again)?|(?:can you |could you )?(?:recommend|suggest|give|show|pick|find|throw)(?: me| "
    r"us)?(?: out)?"
    r"(?: just)?(?: (?:something|anything|one|(?:a |some |\d+ |three |five )?(?:random )?(?:films?|movies?|titles?|"
    r"recommendations?|"
    r"suggestions?)))(?: (?:for me|for us|good|nice|to watch|at random))*|(?:any(?:thing)?|whatever|anything(?: goes| "
    r"will do| is fine| "
    r"works| really| at all| good)?)|whatever(?: you (?:like|want|think|feel like|have))?|(?:i |we )?(?:really )?(?:don't|"
    r"do not) "
    r"(?:really )?(?:know|mind|care)(?: really| yet| what (?:i|we) want)?|(?:i've |i have )?no (?:idea|clue|preference)s?|"
    r"dunno|idk|"
    r"(?:i'm )?(?:not sure|undecided|open to anything|easy|bored)|you (?:choose|decide|pick|tell me)(?: for me)?|(?:it's "
    r")?(?:your "
    r"(?:choice|pick|call)|up to you)|dealer's choice|(?:something )?random|(?:i'm )?feeling lucky|what (?:should|can|"
    r"could|do) (?:i|we) "
    r"watch(?: tonight| now| today| next)?|what to watch(?: tonight| now)?|what (?:do|would|can) you (?:recommend|"
    r"suggest)(?: me| today| "
    r"tonight)?|(?:any|got any) (?:recommendations?|suggestions?|ideas|tips)|what(?:'s| is) good|sorprendeme|uberrasch "
    r"mich|surprends[- ]moi|"
    r"sorprendimi)"
    r"[\s.!?,…🤷♂♀\u200d\ufe0f]*"
)
"""No wish at all: anything will do. Matched against the whole message."""

SWITCH = any_of(
    r"\b(?:completely|totally|entirely|altogether|radically) (?:different|new|else)\b",
    r"\bnew topic\b",
    r"\bchange of (?:mood|plan|topic|subject|heart)\b",
    r"\bon second thoughts?\b",
    r"\bdifferent (?:mood|topic|direction)\b",
    r"^(?:ok(?:ay)?,? )?(?:now|actually|instead)\b(?! (?:shorter|newer|older|longer))",
)

GREETING = re.compile(
    "(?:hi+|hello+|hey+|hiya|yo|sup|howdy|greetings|good (?:morning|evening|afternoon|day)|hola|bonjour|bonsoir|"
    "salut|hallo|ciao|ola|oi|guten (?:tag|abend|morgen)|buenas(?: tardes| noches)?|buenos dias|bom dia|boa noite|"
    "namaste|konnichiwa|help|what can you do|how are you(?: doing)?(?: today)?|how does this work|who are you|"
    "what are you|what(?:'s| is) up|what(?:'s| is) this|there|chatrec|bot|everyone|all|again|my friend|friend|"
    "[,!.? ]|👋)+"
)

THANKS = re.compile(
    "(?:thanks?(?: you)?|thank(?:s| you)(?: so| very)? much|many thanks|thx|ty|cheers|merci(?: beaucoup)?|gracias|"
    "muchas gracias|danke(?: schon)?|vielen dank|grazie(?: mille)?|obrigad[oa]|arigato|much appreciated|"
    "appreciate it|you(?:'re| are) (?:great|the best|awesome|amazing)|a lot|so much|very much|that(?:'s| is) (?:all|"
    "perfect|great|it|enough|helpful)(?: for now| for today)?|perfect|great(?: list| picks| stuff)?|awesome|cool|"
    "nice(?: one)?|lovely|excellent|good(?: list| picks| stuff| job)?|wonderful|brilliant|bye(?: bye)?|goodbye|"
    "good night|see you(?: later)?|ok(?:ay)?|alright|got it|sounds good|will do|i(?:'ll| will) (?:watch|try|"
    "check) (?:it|that|them|one of them|that one|those)(?: out)?(?: tonight)?|ok cool|fine|for (?:the|your) (?:help|"
    "tips?|recommendations?|suggestions?|list)|for now|for that|well done|love it|yay|[,!.;: ]|👍|🙏|❤️|😊|🙂|👌)+"
)

YES = re.compile(
    "(?:yes|yeah|yep|yup|ya|sure|ok(?:ay)?|ok do (?:that|it)|please|please do|do (?:that|it|so)|go (?:ahead|for it|"
    "on)|let's do (?:that|it)|fine|alright|absolutely|of course|why not|sounds good|good idea|that works|"
    "works for me|si|oui|ja|claro|sim|vale|d'accord|gerne|then|[,!. ]|👍|✅)+"
)

NO = re.compile(
    "(?:no|nope|nah|no thanks?(?: you)?|not really|don't|rather not|i'd rather not|nein|non|nao|please|leave it|"
    "keep it|never ?mind|[,!. ]|👎)+"
)

NOTED = re.compile("(?:ok(?:ay)?|fine|alright|sounds good|good idea|absolutely|of course|👍|✅|[,!. ])+")

PROFILE = any_of(
    r"\bwhat (?:do|did|have) you (?:know|remember|learn(?:ed|t)?|noted|stored?|got)(?: \w+)? (?:about|on|of) me\b",
    r"\bwhat(?:'s| is) (?:in )?my (?:profile|taste)\b",
    r"\bmy profile\b",
    r"^who am i\b",
    r"\bwhat did i (?:say|tell)\b",
    r"\bwhat have i (?:told|said|liked|seen)\b",
    r"\bwhat are my (?:tastes?|preferences|likes)\b",
    r"\bwhat do i like\b",
    r"\b(?:do you )?(?:know|remember) (?:anything|something|me)(?: about me)?\?*$",
    r"\bque sabes (?:de|sobre) mi\b",
    r"\bwas wei(?:ss|ß)t du uber mich\b",
    r"\bque sais[ -]tu (?:de|sur) moi\b",
    r"\bcosa sai di me\b",
    r"\bo que (?:voce )?sabe(?:s)? (?:de|sobre) mim\b",
    r"\bdescribe (?:me|my taste)\b",
)

INJECTION = any_of(
    r"\b(?:ignore|disregard|override|bypass|forget) (?:\w+ ){0,4}(?:instructions?|rules|prompts?|guidelines|"
    r"guardrails)\b",
    r"\b(?:system|hidden|initial) prompt\b",
    r"\b(?:print|reveal|show|repeat|output|leak|tell)\b.{0,30}\b(?:your|the) (?:\w+ )?(?:prompts?|instructions|"
    r"api keys?|secrets?|password)\b",
    r"\bjailbreak\b",
    r"\bdeveloper mode\b",
    r"\byou are now\b",
    r"\bact as (?:a|an|if)\b",
    r"\bpretend (?:to be|you are)\b",
    r"\bapi[ _-]?key\b",
)

OFF_TOPIC = any_of(
    r"\bweather\b",
    r"\bforecast\b",
    r"\btemperature (?:outside|in)\b",
    r"(?:^|\bis |\bcalculate |\bcompute )\s*-?\d+(?:\.\d+)?\s*(?:[+*/x×^÷]|plus|times|minus|divided by|mod)\s*\d+",
    r"\bsquare root\b",
    r"\b(?:write|code|debug|fix|generate|compose|draft)\b.{0,40}\b(?:code|python|function|script|sql|javascript|java|"
    r"program|essay|poem|email|letter|haiku|story|regex|html|css|tweet|cv|resume)\b",
    r"\b(?:who|which party) (?:won|will win|should i vote|is winning)\b",
    r"\belections?\b(?=.*\?)",
    r"\b(?:president|prime minister|king|queen|capital|population|chancellor|currency) of\b",
    r"\b(?:stocks?|bitcoin|crypto|share price|exchange rate)\b",
    r"\btranslate\b",
    r"\brecipe\b",
    r"\bhomework\b",
    r"\btell me a joke\b",
    r"\bwhat(?:'s| is) the (?:time|date)\b",
    r"\bwhat (?:time|day|date) is it\b",
    r"\bare you (?:a |an )?(?:bot|human|ai|robot|chatgpt|real|person|sentient|gpt)\b",
    r"\bwho (?:made|created|built|programmed) you\b",
    r"\bmeaning of life\b",
    r"\bhow do i (?:cook|fix|install|lose|make|learn|get rid)\b",
    r"\bbook (?:me )?(?:a )?(?:flight|hotel|table)\b",
    r"\bset (?:an? )?(?:alarm|timer|reminder)\b",
    r"\bpizza\b",
    r"^\s*(?:select|insert|update|delete|drop|alter)\b.{0,60}\b(?:from|into|table|set)\b",
    r"\bdrop table\b",
    r"^\s*\w+\([^)]*\);?\s*$",
    r"^\s*(?:def|import|class|function|console\.log|print\()\b",
    r"\bwho is (?:the )?(?:president|pope|king|queen|chancellor)\b",
    r"\bwho do i vote\b",
    r"\bvote for\b",
    r"\b(?:football|soccer|baseball|basketball|nba|nfl) (?:score|results?|game)\b",
    r"\bsolve\b.{0,30}[=^]",
    r"\bdo you (?:love|like|hate) me\b",
    r"\bmarry me\b",
)

FILMY = re.compile(
    r"\b(?:films?|movies?|cinema|watch|documentar\w+|comed\w+|thrillers?|peliculas?|filme|flicks?|starring|about)\b"
)

WORDLESS = re.compile(r"[^\w]+")
