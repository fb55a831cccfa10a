"""The short sentences that people put a title into: what is asked about one, what is said for and against it."""

from __future__ import annotations

import re

VERDICT = re.compile(
    r"\s+(?:(?:absolutely |totally |just |really |kind of )*(?:bored|bores|annoyed|annoys|disappointed|scared|blew|moved|"
    r"made|put|"
    r"left|did(?:n['’]?t| not) do it for|does(?:n['’]?t| not) do it for) me\b|(?:sucks|sucked|rocks|rocked|bombed)\b|"
    r"(?:is|was|isn['’]?t|wasn['’]?t|remains)\b[^.!?;\n]{0,40}?\b(?:my (?:\w+ ){0,3}?(?:favou?rites?|fave|thing|jam|cup "
    r"of tea|number "
    r"one)|not for me|up my (?:street|alley)))",
    re.I,
)
_OPENING = r"(?:^|[.!?,;:\n]\s*)(?:(?:and|but|so|ok|okay|hey|hi|please|well)[, ]+)*"
ASKING = re.compile(
    rf"{_OPENING}(?:who (?:directed|made|wrote|stars? in|is in|was in|acts in|plays in)|how long is|how old is|how good is|"
    r"what(?:['’]s| is| was)|what year (?:is|was)|when (?:was|did)|where (?:is|was|can (?:i|we) (?:watch|see|stream|find))|why|"
    r"(?:would|will|might|should) (?:i|we) (?:like|love|enjoy|watch|see)|(?:why|how) did you (?:pick|suggest|choose|"
    r"recommend))\s+$",
    re.I,
)
ASKING_LOOSELY = re.compile(
    rf"{_OPENING}(?:(?:have|has) (?:you|u) got|do (?:you|u) have|got|is|was|tell me (?:more |something )?about|more about|"
    r"what about|how about|(?:some|something )?more like)\s+$",
    re.I,
)
ASKED = re.compile(
    r"[!.]?\s*(?:about|made|set|filmed|released|come out|like|any good|(?:really |very |too |that |worth )?(?:good|great|"
    r"scary|violent|sad|"
    r"long|funny|boring|gory|watching|seeing)|for (?:kids|children)|(?:suitable|ok|okay|appropriate|fine|good|too scary) "
    r"for [^?]{1,40}|"
    r"on \w+(?: \w+)?|in (?:your|the|this) (?:catalogu?e|list|collection)|in (?:english|french|german|spanish|italian|"
    r"japanese|korean)|"
    r"a (?:comedy|drama|thriller|horror|western|musical|documentary|romance)|part of a (?:series|trilogy|franchise)|"
    r"please|then|though)?"
    r"\s*[?.!\s]*$",
    re.I,
)
