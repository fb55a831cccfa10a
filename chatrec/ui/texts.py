"""The page's words, in one table; what the built-in engine and the prompts say lives with them."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "title": "chatrec",
    "tagline": "Talk about what you feel like. Get picks with reasons you can check.",
    "welcome": "What do you feel like watching?",
    "welcome_other": "What are you looking for?",
    "invitation": "Name something you loved, a mood, a limit, or all at once. Refine as you go.",
    "placeholder": "I loved Spirited Away, something magical but for adults …",
    "placeholder_other": "Something like … but …",
    "new": "New conversation",
    "conversations": "Conversations",
    "no_conversations": "Your conversations will be listed here.",
    "profile": "Your profile",
    "profile_hint": "What chatrec believes about you. Switch a line off, correct it, or add one; the next turn uses it.",
    "profile_empty": "Nothing yet. Tell me what you like, or add a line yourself.",
    "scope_person": "About you",
    "scope_conversation": "For this conversation",
    "add": "Add a line about yourself",
    "forget": "Erase everything about me",
    "forget_sure": "Erase all conversations, your profile and your feedback? This cannot be undone.",
    "export": "Download my data",
    "understood": "Understood",
    "evidence": "Evidence",
    "unsupported": "not backed by the catalog",
    "like": "Like",
    "seen": "Seen it",
    "dislike": "Not for me",
    "retry": "Try again",
    "thinking": "Reading your message",
    "searching": "Looking through the catalog",
    "stopped": "Stopped. What had arrived so far is kept.",
    "interrupted": "This turn was interrupted before it finished.",
    "built_in": "Built-in engine",
    "built_in_hint": "Answers come from rules, search and facts; no language model is connected.",
    "model_hint": "A language model writes the answers from the catalog's facts; the built-in engine takes over if it fails.",
    "gone": "That conversation is no longer here. A new one has been started.",
    "busy": "Too many people are asking at once; please try again in a moment.",
    "broken": "Something went wrong on our side. Your message is kept; please try again.",
    "too_long": "That message was very long; only its first {limit:,} characters were read.",
    "tuner": "Prompt pack",
    "tuner_hint": "The words a language model is given. Your choice holds for you alone, from your next message on.",
    "tuner_needs": "A prompt pack shapes what a language model writes, and none is connected. To choose one, set "
    "OPENAI_API_KEY or CHATREC_MODEL and start chatrec again.",
    "tuner_broken": "A prompt file is not in order. Its last good version stays in force until it is mended.",
    "pack": "pack",
    "persona": "Be somebody of the data",
    "persona_hint": "Take over what one person of the imported data did. It is written into your profile, and can be undone.",
    "persona_search": "Search the people",
    "persona_now": "From the data, you are",
    "persona_undo": "Be myself again",
    "persona_none": "Nobody like that is in the data.",
    "theme": "Light or dark",
    "menu": "Conversations",
    "you": "You",
}

KINDS: dict[str, str] = {
    "example": "Like something I love",
    "mood": "By mood",
    "constraint": "A rule or two",
    "company": "Who is watching",
    "company_other": "For somebody",
    "person": "By a person",
    "itch": "A very particular itch",
}
"""What is written over a starter of each kind."""

STARTERS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "example": (
        ("I loved Spirited Away and Pan's Labyrinth, something magical but for adults", ("Spirited Away", "Pan's Labyrinth")),
        ("More like Before Sunrise: two people who cannot stop talking", ("Before Sunrise",)),
        ("I loved Arrival and Moon, more thoughtful science fiction please", ("Arrival", "Moon")),
        ("I loved Paddington, something just as kind", ("Paddington",)),
        ("I adored Amélie, what else is that playful?", ("Amélie",)),
    ),
    "mood": (
        ("Something gentle and funny under 100 minutes, nothing scary", ()),
        ("Cosy and gentle for a rainy Sunday", ()),
        ("Heart-warming, with a few tears", ()),
        ("Slow, melancholy and beautiful", ()),
        ("Tense from the first minute, but without gore", ()),
    ),
    "constraint": (
        ("A Korean thriller after 2000, but I've already seen Parasite and Oldboy", ("Parasite", "Oldboy")),
        ("A western made before 1970, no longer than two hours", ()),
        ("Science fiction from the last ten years, no horror", ()),
        ("A French comedy under 100 minutes, no horror", ()),
        ("A documentary about music", ()),
    ),
    "company": (
        ("We're watching with a nine-year-old who adores dragons and robots", ()),
        ("A mystery for my parents, no horror and nothing violent", ()),
        ("Date night: romantic and funny, from this century", ()),
        ("Something for my 6 year old and me, with animals", ()),
        ("Four friends on a sofa who want to laugh", ()),
    ),
    "person": (
        ("Something strange with Tilda Swinton", ("Tilda Swinton",)),
        ("Directed by Akira Kurosawa", ("Akira Kurosawa",)),
        ("A comedy by Billy Wilder", ("Billy Wilder",)),
        ("With Frances McDormand, and not too violent", ("Frances McDormand",)),
        ("By the director of Alien, but not horror", ("Alien",)),
    ),
    "itch": (
        ("A heist that goes wrong, not too violent", ()),
        ("Quiet and humane, from Iran", ()),
        ("A courtroom drama that keeps me guessing", ()),
        ("A love story that starts on a train", ()),
        ("A dragon and a child who become friends", ()),
    ),
}
"""Opening messages to click, by kind, for a catalog of films; each with the titles and people the catalog must hold for it."""

OTHER_STARTERS: dict[str, tuple[str, ...]] = {
    "example": ("I loved {title}, more like that", "Something like {title}, but lighter"),
    "mood": ("Something light-hearted and clever", "Something calm for a quiet evening", "Something dark, but with humour"),
    "constraint": ("{genre}, but nothing violent", "{genre}, and something recent", "Anything but {genre}"),
    "company_other": ("For a friend who likes {genre}", "For a ten-year-old who is curious about everything"),
    "person": ("Something by {person}",),
    "itch": ("Surprise me with something little known", "Something well known that I should not miss"),
}
"""The same for any other catalog: {title}, {genre} and {person} are the catalog's own."""
