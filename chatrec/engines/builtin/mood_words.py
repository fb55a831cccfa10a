"""How people name moods, unwelcome content and fame -> search words, and what to leave out when they are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mood:
    """One mood: `words` as people say it, `search` added to the search text, `keywords` that mark an item with it.

    `content` names the kind of content that a refusal limits instead (fear, violence ...).
    """

    name: str
    words: tuple[str, ...]
    search: str
    keywords: tuple[str, ...]
    content: str = ""


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _mood(name: str, words: str, search: str, keywords: str, content: str = "") -> Mood:
    return Mood(name, _split(words), search, _split(keywords), content)


MOODS: tuple[Mood, ...] = (
    _mood(
        "funny",
        "funny, hilarious, humorous, humour, humor, comic, laugh, laugh out loud, make me laugh, makes me laugh, "
        "amusing, jokes, "
        "divertida, divertido, graciosa, drole, marrant, lustig, witzig, divertente, engracado, a laugh, "
        "good laugh, funny bone",
        "funny witty comedy",
        "silly, absurd, slapstick, parody",
    ),
    _mood("witty", "witty, clever humour, sharp dialogue", "witty", "witty"),
    _mood(
        "silly",
        "silly, dumb, stupid, goofy, zany, slapstick, mindless, brainless, turn my brain off, switch my brain off, tonto",
        "silly playful absurd",
        "silly, absurd, slapstick",
    ),
    _mood(
        "scary",
        "scary, frightening, terrifying, spooky, creepy, eerie, chilling, scare me, scares me, scares, "
        "terrify, terrify me, give me nightmares, nightmares, "
        "unsettling, halloween, miedo, effrayant, gruselig, unheimlich, pauroso, spaventoso, "
        "assustador, susto, spavento, grusel",
        "scary eerie",
        "scary, eerie, frightening",
        "fear",
    ),
    _mood("startling", "jump scare, jumpscare", "jump scares", "jump scares"),
    _mood(
        "violent",
        "violent, violence, brutal, brutality, gore, gory, bloody, blood, bloodshed, graphic, torture, killing, slaughter, "
        "violenta, violento, violencia, violente, gewalt, gewalttatig, brutale, violenza",
        "violent",
        "violent, gory, brutal",
        "violence",
    ),
    _mood(
        "sensual",
        "sexy, steamy, sensual, erotic, sex, sexual, sex scene, nudity, nude, naked, love scene, raunchy, sexo, sexe, erotisch",
        "sensual",
        "sensual, erotic",
        "sex",
    ),
    _mood(
        "coarse",
        "swearing, cursing, profanity, bad language, foul language, strong language, swear words, swear, curse words, "
        "f words, vulgar, crude, groserias",
        "",
        "vulgar, crude",
        "language",
    ),
    _mood("drugs", "drug, drug use, drug taking, drogas, drogen, drogues", "drugs", "drugs, drug use", "drugs"),
    _mood(
        "sad",
        "sad, sadness, depressing, tearjerker, tear jerker, heartbreaking, make me cry, makes me cry, made me cry, "
        "cry, good cry, tragic, "
        "tragedy, downer, sad ending, triste, traurig, deprimente, deprimierend, "
        "gut wrenching, devastating, sob, weepy",
        "sad heartbreaking moving",
        "sad, heartbreaking, depressing, tragic, bleak, melancholy",
    ),
    _mood(
        "dark",
        "dark, bleak, grim, heavy, disturbing, gritty, harrowing, nihilistic, dark stuff, oscura, oscuro, sombre, "
        "duster, cupo, "
        "sombrio, darkness, twisted",
        "dark gritty",
        "dark, disturbing, gritty, bleak, grim",
    ),
    _mood(
        "light-hearted",
        "light, light hearted, lighthearted, easy watch, easy going, easy, fun, cheerful, breezy, fluffy, frothy, "
        "undemanding, popcorn, popcorn movie, popcorn flick, guilty pleasure, background noise, in the background, long day, "
        "too tired to think, brain dead, not think, no brainer, ligera, "
        "ligero, legere, leicht, locker, leggero, leve, upbeat, jolly",
        "light-hearted feel-good fun",
        "light-hearted, feel-good",
    ),
    _mood(
        "uplifting",
        "uplifting, inspiring, inspirational, hopeful, feel good, feelgood, happy, happy ending, cheer me up, "
        "cheers me up, cheer us up, "
        "don't end badly, doesn't end badly, don't end sadly, doesn't end sadly, end well, ends well, "
        "bad day, rough day, terrible day, broke up, breakup, break up, got dumped, dumped me, left me for, "
        "lift my spirits, lift my mood, optimistic, joyful, life affirming, pick me up, feliz, heureux, frohlich",
        "uplifting feel-good hopeful",
        "uplifting, feel-good, hopeful",
    ),
    _mood(
        "heartwarming",
        "heartwarming, heart warming, wholesome, cosy, cozy, comforting, comfort film, comfort movie, warm, sweet, "
        "cute, charming, "
        "rainy, rainy day, rainy sunday, rainy sunday afternoon, rainy afternoon, rainy evening, sunday afternoon, lazy "
        "sunday, "
        "lazy day, comfort watch, fall asleep to, hungover, hangover, sick in bed, sick day, curl up with, "
        "tender, gentle, soothing, kind hearted, adorable, wohlfuhlfilm",
        "heartwarming cosy tender",
        "heartwarming, cosy, tender",
    ),
    _mood(
        "magical",
        "magical, magic, whimsical, enchanting, enchanted, wonder, fairytale, fairy tale, magica, magico, magique, "
        "marchenhaft, "
        "magisch, zauberhaft, fiabesco",
        "magical whimsical",
        "magical, whimsical, fairy tale",
    ),
    _mood("dreamlike", "dreamlike, dreamy, hypnotic, ethereal, poetic, lyrical", "dreamlike poetic", "dreamlike"),
    _mood(
        "tense",
        "tense, suspenseful, suspense, gripping, thrilling, nail biting, nailbiter, edge of my seat, "
        "edge of your seat, intense, tension, "
        "exciting, spannend, suspenso, stressful, anxiety inducing, keeps me guessing",
        "tense suspenseful",
        "tense, suspenseful",
    ),
    _mood(
        "weird",
        "weird, strange, quirky, surreal, bizarre, offbeat, off beat, odd, oddball, trippy, wacky, out there, "
        "unusual, eccentric, raro, rara, "
        "bizarro, seltsam, skurril, strano, experimental, avant garde",
        "quirky surreal strange",
        "surreal, quirky, absurd",
    ),
    _mood(
        "mind-bending",
        "blow my mind, blows my mind, mind bending, mindbending, mind blowing, mind fuck, mindfuck, head scratcher, "
        "confusing, puzzle film, "
        "make me think twice",
        "mind-bending twist",
        "mind-bending",
    ),
    _mood(
        "thought-provoking",
        "arthouse, art house, art film, change my life, thought provoking, thoughtful, smart, clever, intelligent, deep, "
        "philosophical, cerebral, makes me think, "
        "make me think, "
        "makes you think, profound, intellectual, meaningful, inteligente, intelligent, klug, profundo, complex",
        "thought-provoking intelligent philosophical",
        "thought-provoking, philosophical",
    ),
    _mood(
        "slow-burn",
        "slow, slow burn, slow paced, meditative, contemplative, quiet, calm, calming, relaxing, relaxed, peaceful, "
        "lenta, lento, lent, "
        "langsam, ruhig, tranquila",
        "slow-burn quiet meditative",
        "slow-burn, meditative, contemplative",
    ),
    _mood(
        "fast-paced",
        "fast paced, fast, action packed, adrenaline, high octane, pulse pounding, non stop, frenetic, explosive, rasant",
        "fast-paced thrilling",
        "fast-paced",
    ),
    _mood("romantic", "romantic, romance filled, date night, swoony, romantisch", "romantic love", "romantic, romance"),
    _mood("epic", "epic, grand, sweeping, spectacular, big screen spectacle, monumental, epico, epique", "epic", "epic"),
    _mood("stylish", "stylish, cool, slick, badass", "stylish", "stylish"),
    _mood(
        "visually striking",
        "visually striking, visually stunning, beautiful, gorgeous, beautifully shot, stunning, pretty, visuals, "
        "great cinematography, "
        "eye candy, colourful, colorful, visually beautiful, bella, schon, magnifique",
        "visually striking beautiful",
        "visually striking",
    ),
    _mood("nostalgic", "nostalgic, nostalgia, retro", "nostalgic", "nostalgic"),
    _mood(
        "melancholy",
        "melancholy, melancholic, wistful, melancolica, melancolico, melancolique, melancholisch, malinconico, "
        "bittersweet, agridulce, sad but beautiful",
        "melancholy bittersweet",
        "melancholy, bittersweet",
    ),
    _mood("atmospheric", "atmospheric, moody, immersive, vibey", "atmospheric", "atmospheric"),
    _mood(
        "satirical",
        "satirical, satire, dark comedy, black comedy, dark humour, dark humor, black humour, sarcastic, biting",
        "satirical deadpan dark comedy",
        "satirical",
    ),
    _mood(
        "moving",
        "moving, emotional, touching, poignant, emotionally powerful, emouvant, conmovedora, beruhrend, bewegend, "
        "commovente, emocionante",
        "moving tender",
        "moving",
    ),
    _mood(
        "cheesy",
        "cheesy, corny, sappy, sentimental, cringe, cringy, mushy, schmaltzy, cursi, kitschig, sdolcinato, mievre",
        "sentimental",
        "sentimental, cheesy",
    ),
    _mood("twisty", "plot twist, twist, twisty, twist ending, unpredictable, surprising", "twist ending", "twist ending"),
    _mood(
        "intimate",
        "intimate, small scale, low key, character driven, character study, subtle, understated",
        "intimate quiet",
        "intimate",
    ),
    _mood(
        "psychological",
        "psychological, psicologico, psicologica, psychologique, psychologisch",
        "psychological",
        "psychological",
    ),
    _mood("angry", "angry, furious, rage", "angry", "angry"),
)

# Ways of saying "nothing of this kind at all"; with them the limit is 0 instead of 1.
BARE_CONTENT = frozenset(
    {
        "violence",
        "sex",
        "sex scene",
        "nudity",
        "swearing",
        "cursing",
        "profanity",
        "bad language",
        "foul language",
        "drug",
        "drug use",
        "swear words",
        "swear",
        "curse words",
        "strong language",
        "f words",
        "sexo",
        "violencia",
        "gewalt",
        "drogas",
        "violenza",
    }
)

# Whole phrases about standing and fame: (words, field, at_least, at_most, search text).
STANDING: tuple[tuple[str, str, float | None, float | None, str], ...] = (
    (
        "rotten tomatoes, imdb, metacritic, cannes, criterion, acclaimed, critically acclaimed, award winning, award "
        "winner, oscar winning, oscar winner, oscar winners, "
        "masterpiece, best, the best, "
        "highly rated, well rated, top rated, well reviewed, highly regarded, critics love, palme d or winner, "
        "great reviews, must see, "
        "good reviews, prize winning",
        "acclaim",
        80,
        None,
        "",
    ),
    (
        "nobody saw, nobody has seen, nobody knows, no one has seen, no one saw, no one knows, few have seen, hidden gem, "
        "nobody talks about, no one talks about, nobody ever talks about, no one ever talks about, nobody has heard of, "
        "no one has heard of, nobody heard of, no one heard of, nobody's ever heard of, nobody has ever heard of, "
        "no one has ever heard of, "
        "nobody else has heard of, nobody else knows, no one else knows, nobody remembers, "
        "no one remembers, few people know, few people have seen, "
        "few people have heard of, hardly anyone knows, hardly anybody knows, hardly anyone has seen, "
        "hardly anyone has heard of, "
        "obscure, underrated, under rated, lesser known, less known, little known, under the radar, "
        "overlooked, underseen, "
        "never heard of, haven't heard of, havent heard of, not heard of, deep cut, off the beaten path, off the beaten track, "
        "unknown, niche, joya oculta, geheimtipp, pepite, forgotten",
        "popularity",
        None,
        50,
        "",
    ),
    (
        "popular, famous, well known, blockbuster, mainstream, big hit, everyone loves, everybody loves, "
        "everyone knows, iconic, "
        "box office hit, bekannt, beruhmt, famosa, famoso, connu",
        "popularity",
        75,
        None,
        "",
    ),
)

# Emoji that say something about the wish.
EMOJI: Mapping[str, str] = {
    "😂": "funny",
    "🤣": "funny",
    "😆": "funny",
    "😱": "scary",
    "👻": "scary",
    "🎃": "scary",
    "🧟": "zombie",
    "🧛": "vampire",
    "❤": "romantic",
    "😍": "romantic",
    "💕": "romantic",
    "💘": "romantic",
    "😭": "sad",
    "😢": "sad",
    "🚀": "space",
    "👽": "alien",
    "🤖": "robot",
    "🎄": "christmas",
    "🦸": "superhero",
    "🐶": "dog",
    "🤠": "western",
    "🕵": "detective",
    "🧙": "magical",
    "🦄": "magical",
    "🤯": "mind bending",
    "🥺": "heartwarming",
    "🦖": "dinosaur",
}
