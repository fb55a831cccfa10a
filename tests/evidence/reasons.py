"""Reasons as a language model might write them: thirty true ones, thirty with one false claim planted in each."""

from __future__ import annotations

from chatrec.records import Constraint, Mention, Preference, Profile, Request, Sentence

PROFILE = Profile(
    (
        Sentence(
            "s1",
            "Loves Spirited Away (2001) and Pan's Labyrinth (2006).",
            "like",
            "turn 1",
            preferences=(Preference("item", "spirited-away-2001", 1.0), Preference("item", "pans-labyrinth-2006", 1.0)),
        ),
        Sentence(
            "s2",
            "Wants something magical, for adults.",
            "constraint",
            "turn 1",
            "conversation",
            preferences=(Preference("mood", "magical", 0.8),),
        ),
        Sentence(
            "s3",
            "Nothing longer than two hours and a half.",
            "constraint",
            "turn 2",
            "conversation",
            constraints=(Constraint("runtime", at_most=150, words="under two and a half hours"),),
        ),
        Sentence(
            "s4",
            "Does not like musicals.",
            "dislike",
            "turn 1",
            preferences=(Preference("genre", "Musical", -0.8),),
        ),
        Sentence(
            "s5",
            "Disliked The Matrix (1999).",
            "dislike",
            "feedback",
            preferences=(Preference("item", "the-matrix-1999", -1.0),),
        ),
    )
)
REQUEST = Request(
    "recommend",
    "I loved Spirited Away and Pan's Labyrinth, something magical but for adults, with a good mystery, nothing too violent",
    search_text="magical mystery for adults",
    mentions=(
        Mention("spirited-away-2001", "Spirited Away", "Spirited Away", "like", 1),
        Mention("pans-labyrinth-2006", "Pan's Labyrinth", "Pan's Labyrinth", "like", 1),
    ),
    constraints=(Constraint("runtime", at_most=150, words="under two and a half hours"),),
    anchors=("spirited-away-2001", "pans-labyrinth-2006"),
)

TRUE = (
    (
        "coraline-2009",
        "You loved Spirited Away, and this is another whimsical animated fantasy, told in stop-motion by Henry Selick.",
    ),
    (
        "the-boy-and-the-heron-2023",
        "From the same director as Spirited Away: Hayao Miyazaki's dreamlike story of a boy who lost his mother in the war.",
    ),
    (
        "my-neighbor-totoro-1988",
        "Two sisters find a huge furry spirit in a camphor tree; at 86 minutes it is short, cosy and magical.",
    ),
    ("orlando-1992", "Tilda Swinton lives through four centuries in Sally Potter's witty 1992 adaptation of a novel."),
    ("her-2013", "A lonely man falls for his operating system; Joaquin Phoenix makes the melancholy romance ache."),
    (
        "only-lovers-left-alive-2013",
        "Jim Jarmusch gives you vampires in a ruined Detroit: atmospheric, slow-burn and deadpan, just over two hours long.",
    ),
    ("groundhog-day-1993", "It is funny and uplifting, and the time loop gives you a fantasy premise without any violence."),
    (
        "amelie-2001",
        "Audrey Tautou mends strangers' lives in Montmartre. It shares the whimsy you asked for, and it is French.",
    ),
    ("parasite-2019", "Bong Joon-ho's Korean satire starts as a comedy and turns dark; Song Kang-ho plays the father."),
    (
        "memories-of-murder-2003",
        "Set in the 1980s and based on a true story, this Korean crime drama has a mystery that never lets go.",
    ),
    ("oldboy-2003", "Be warned that it is violent: Park Chan-wook's revenge thriller runs exactly two hours."),
    ("get-out-2017", "Jordan Peele's horror is satirical and tense, with Daniel Kaluuya, and it takes under two hours."),
    ("us-2019", "From the director of Get Out, Jordan Peele, a scary film about doubles with Lupita Nyong'o."),
    ("arrival-2016", "Denis Villeneuve directs Amy Adams as a linguist; it's thought-provoking science fiction about grief."),
    (
        "knives-out-2019",
        "Here is your mystery: Daniel Craig as a detective, a rich family and a witty, playful script from Rian Johnson.",
    ),
    ("up-2009", "A widower flies his house to South America. Pixar at its most moving, and only 96 minutes."),
    (
        "paddington-2-2017",
        "Less violent than Pan's Labyrinth, and as whimsical as Spirited Away, with Hugh Grant as a washed-up actor.",
    ),
    (
        "portrait-of-a-lady-on-fire-2019",
        "Céline Sciamma's romance on a Breton island is intimate and slow-burn; French, from 2019.",
    ),
    ("free-solo-2018", "A tense documentary: Alex Honnold climbs El Capitan without a rope, for 100 minutes."),
    (
        "singin-in-the-rain-1952",
        "You don't like musicals, but this one from the fifties is playful, with Gene Kelly dancing through puddles.",
    ),
    (
        "casablanca-1942",
        "Humphrey Bogart and Ingrid Bergman in a bittersweet wartime love story, one of the greatest films, from 1942.",
    ),
    ("toy-story-1995", "Friendship and jealousy among toys in an animated film for the whole family, with Tom Hanks."),
    ("jurassic-park-1993", "Steven Spielberg puts dinosaurs on an island. It runs 2 h 7 min, inside your limit."),
    (
        "the-dark-knight-2008",
        "Heath Ledger's Joker and Christian Bale's Batman in a dark superhero crime film, though at 152 minutes it is long.",
    ),
    (
        "before-sunrise-1995",
        "An American and a Frenchwoman talk through one night in Vienna; Richard Linklater keeps it intimate and romantic.",
    ),
    (
        "the-big-lebowski-1998",
        "The Coens, Joel and Ethan, made this absurd comedy in 1998; Jeff Bridges only wants his rug back.",
    ),
    ("drive-2011", "Ryan Gosling drives for robbers in Los Angeles in a stylish, tense thriller of 100 minutes."),
    (
        "spirited-away-2001",
        "Studio Ghibli's hand-drawn coming-of-age story, five years before Pan's Labyrinth, with witches and ghosts.",
    ),
    (
        "aliens-1986",
        "Sigourney Weaver returns in a sequel that is longer than Alien and more violent than Alien; James Cameron directs.",
    ),
    (
        "black-panther-2018",
        "You disliked The Matrix; this superhero epic with Chadwick Boseman is about family bonds and politics instead.",
    ),
)

FALSE = (
    (
        "coraline-2009",
        "You loved Spirited Away, and this is another whimsical animated fantasy, told in stop-motion by Tim Burton.",
        "Tim Burton",
    ),
    (
        "the-boy-and-the-heron-2023",
        "From the same director as Pan's Labyrinth, a dreamlike story of a boy who lost his mother.",
        "same director",
    ),
    (
        "my-neighbor-totoro-1988",
        "Two sisters find a huge furry spirit in a camphor tree; at 110 minutes it is cosy and magical.",
        "110 minutes",
    ),
    (
        "orlando-1992",
        "Cate Blanchett lives through four centuries in Sally Potter's witty adaptation of a novel.",
        "Cate Blanchett",
    ),
    ("her-2013", "A lonely man falls for his operating system in this Oscar-winning melancholy romance.", "Oscar"),
    ("only-lovers-left-alive-2013", "Jim Jarmusch gives you zombies in a ruined Detroit: atmospheric and deadpan.", "zombies"),
    (
        "groundhog-day-1993",
        "It is funny and uplifting, and the time loop gives you a fantasy premise from the eighties.",
        "eighties",
    ),
    ("amelie-2001", "Audrey Tautou mends strangers' lives in Montmartre. It is whimsical and Italian.", "Italian"),
    ("parasite-2019", "Park Chan-wook's Korean satire starts as a comedy and turns dark.", "Park Chan-wook"),
    ("memories-of-murder-2003", "Set in the 1980s, this Japanese crime drama has a mystery that never lets go.", "Japanese"),
    ("oldboy-2003", "It is never violent: Park Chan-wook's revenge thriller runs exactly two hours.", "violent"),
    ("get-out-2017", "You loved Us, and Jordan Peele's horror is satirical and tense too.", "You loved Us"),
    ("us-2019", "From the director of Get Out, Jordan Peele, a scary western with Lupita Nyong'o.", "western"),
    ("arrival-2016", "Denis Villeneuve directs Emily Blunt as a linguist in thought-provoking science fiction.", "Emily Blunt"),
    ("knives-out-2019", "You asked for a courtroom drama, and the detective here is Daniel Craig.", "courtroom"),
    (
        "up-2009",
        "A widower flies his house to South America. Pixar at its most moving, and over two hours long.",
        "over two hours",
    ),
    ("paddington-2-2017", "More violent than Pan's Labyrinth, and as whimsical as Spirited Away.", "More violent"),
    (
        "portrait-of-a-lady-on-fire-2019",
        "Céline Sciamma's romance on a Breton island is intimate; it won the Palme d'Or.",
        "Palme d'Or",
    ),
    ("free-solo-2018", "A tense animated feature: Alex Honnold climbs El Capitan without a rope.", "animated"),
    ("singin-in-the-rain-1952", "You love musicals, and this one from the fifties is playful, with Gene Kelly.", "musicals"),
    ("casablanca-1942", "Humphrey Bogart and Ingrid Bergman in a bittersweet love story set in Tokyo.", "Tokyo"),
    ("toy-story-1995", "Friendship and jealousy among toys in a stop-motion film, with Tom Hanks.", "stop-motion"),
    ("jurassic-park-1993", "Steven Spielberg puts dinosaurs on an island. It runs 1 h 42 min, inside your limit.", "1 h 42"),
    ("the-dark-knight-2008", "Directed by Tim Miller, a dark superhero crime film with Christian Bale.", "Tim Miller"),
    ("before-sunrise-1995", "Richard Linklater keeps it intimate and romantic; it holds 97% on Rotten Tomatoes.", "97%"),
    ("the-big-lebowski-1998", "The Coens made this absurd comedy in 2004; Jeff Bridges only wants his rug back.", "2004"),
    ("drive-2011", "Directed by Ryan Gosling, this is a stylish, tense thriller of 100 minutes.", "Ryan Gosling"),
    ("spirited-away-2001", "Studio Ghibli's hand-drawn coming-of-age story, nine years before Pan's Labyrinth.", "nine years"),
    ("aliens-1986", "Sigourney Weaver returns in a sequel that is shorter than Alien; James Cameron directs.", "shorter"),
    (
        "black-panther-2018",
        "You loved The Matrix; this superhero epic with Chadwick Boseman is about family bonds.",
        "The Matrix",
    ),
)
"""(item, reason, the false words)"""
