"""What reviews speak of and how: aspects by the words that name them, praise and complaint by the words that carry them."""

from __future__ import annotations

from collections.abc import Mapping

from chatrec.engines.builtin.wording import spelled

ASPECTS: Mapping[str, frozenset[str]] = {
    aspect: frozenset(spelled(words))
    for aspect, words in {
        "the acting": "acting actor actors actress actresses performance performances cast casting lead leads role roles",
        "the story": "story stories plot plots script screenplay storyline narrative twist twists premise dialogue dialogues",
        "the ending": "ending endings finale conclusion climax",
        "the characters": "character characters protagonist protagonists hero heroine heroes villain villains",
        "the pace": "pace paced pacing slow length long overlong drags dragged drag rushed minutes hours",
        "the look": "visual visuals visually effects cinematography camera images image shot photography sets costumes "
        "animation animated colour colours color colors cgi scenery illustrations illustrated cover",
        "the music": "music score soundtrack songs song sound audio singing",
        "the humour": "humour humor funny jokes joke laugh laughs laughed laughing comedy hilarious unfunny",
        "the mood": "atmosphere atmospheric mood tone tense tension suspense scary creepy emotional moving",
        "the direction": "director directing direction directed",
        "the writing": "writing prose written style author chapters chapter sentences writer translation",
        "the quality": "quality build material materials fabric finish sturdy durable flimsy broke broken fell breaks",
        "the price": "price priced value money cost costs expensive cheap overpriced bargain",
        "the use": "easy use using setup instructions fit fits comfortable size works work worked battery manual interface",
        "the service": "delivery shipping service arrived packaging support seller staff",
    }.items()
}
OVERALL = "the whole"

GOOD: Mapping[str, int] = {
    **dict.fromkeys(
        spelled(
            "good nice solid fine enjoyable enjoyed enjoy entertaining fun funny interesting clever smart fresh "
            "engaging charming sweet warm pretty well recommend recommended like liked works worked worth touching moving "
            "tense scary effective believable convincing strong comfortable sturdy durable easy reliable fast useful helpful "
            "thoughtful memorable original witty satisfying satisfied pleased happy laughed surprising surprised creepy "
            "atmospheric gripping compelling fair rich honest subtle natural smooth quick bargain comfy quiet"
        ),
        1,
    ),
    **dict.fromkeys(
        spelled(
            "great excellent superb brilliant masterpiece masterful perfect perfectly wonderful fantastic amazing outstanding "
            "beautiful beautifully gorgeous stunning love loved loves unforgettable incredible exceptional flawless terrific "
            "marvellous best hilarious breathtaking phenomenal magnificent riveting awesome favourite delight "
            "delightful heartbreaking spectacular"
        ),
        2,
    ),
}
BAD: Mapping[str, int] = {
    **dict.fromkeys(
        spelled(
            "slow dull weak flat bland predictable cliched cliche cliches confusing confused messy overlong long-winded drags "
            "dragged drag forgettable thin shallow silly uneven rushed disappointing disappointed disappoints disappointment "
            "unfunny unconvincing wooden cheap overpriced expensive flimsy uncomfortable hard difficult noisy late problem "
            "problems lacks lacked lacking fails failed fail overrated pretentious annoying forced tedious repetitive "
            "bored boredom stiff dated clumsy sloppy broke broken breaks damaged faulty defective returned cold "
            "implausible sentimental cringe cringeworthy loud cluttered pointless nonsense wasted waste"
        ),
        1,
    ),
    **dict.fromkeys(
        spelled(
            "bad terrible awful horrible boring worst hate hated hates unwatchable unreadable dreadful atrocious garbage trash "
            "rubbish useless abysmal pathetic appalling laughable lousy poor poorly ugly insufferable unbearable junk"
        ),
        2,
    ),
}
NEGATING = frozenset(
    spelled(
        "not no never nothing none without hardly barely neither nor isn't wasn't aren't weren't don't didn't doesn't can't "
        "couldn't won't wouldn't haven't hasn't"
    )
)
SOFTENING = frozenset(spelled("too"))
"""Before a word it makes a fault of it: too long, too easy."""
TURNING = frozenset(spelled("but however although though yet except whereas despite while still"))
"""Words that part praise from complaint within one sentence."""
