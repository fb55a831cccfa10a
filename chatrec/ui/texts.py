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
    "theme": "Light or dark",
    "menu": "Conversations",
    "you": "You",
}

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("Like two films I love", "I loved Spirited Away and Pan's Labyrinth, something magical but for adults"),
    ("A quiet evening", "Something gentle and funny under 100 minutes, nothing scary"),
    ("A rule or three", "A Korean thriller after 2000, but I've already seen Parasite and Oldboy"),
    ("Family night", "We're watching with a nine-year-old who adores dragons and robots"),
    ("By a person", "Something strange with Tilda Swinton"),
    ("A very particular itch", "A heist film from the 70s or a slow-burn noir, not too violent"),
)

OTHER_EXAMPLES: tuple[tuple[str, str], ...] = (
    ("By mood", "Something light-hearted and clever"),
    ("By limit", "Something recent, and nothing violent"),
    ("By likeness", "More like the last one I enjoyed"),
    ("Surprise", "Surprise me with something little known"),
)
