"""A small catalog of real films with full facts, for tests: titles that are ordinary words, shared titles, many countries."""

from __future__ import annotations

from functools import cache

from chatrec.catalog.table import Catalog, as_item
from chatrec.records import Item

_KINDS = ("violence", "fear", "sex", "language", "drugs")


def film(
    item_id: str,
    title: str,
    facts: str,
    genres: str,
    director: str,
    cast: str,
    origin: str,
    keywords: str,
    description: str,
    **more: str | int,
) -> Item:
    """One film from lists written with commas.

    `facts` is "runtime certificate violence-fear-sex-language-drugs popularity acclaim", `origin` is "countries / languages";
    the year is the end of the id.
    """
    runtime, certificate, levels, popularity, acclaim = facts.split()
    countries, languages = origin.split(" / ")
    people = {"director": _names(director), "cast": _names(cast)}
    return as_item(
        {
            "id": item_id,
            "title": title,
            "year": int(item_id[-4:]),
            "description": description,
            "genres": _names(genres),
            "people": {role: names for role, names in people.items() if names},
            "countries": _names(countries),
            "languages": _names(languages),
            "runtime": int(runtime),
            "keywords": _names(keywords),
            "certificate": certificate,
            "content": dict(zip(_KINDS, (int(level) for level in levels.split("-")), strict=True)),
            "popularity": float(popularity),
            "acclaim": float(acclaim),
            **more,
        }
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


@cache
def make_catalog() -> Catalog:
    """The films as a Catalog; made once, since it never changes."""
    return Catalog(FILMS, name="films", noun="film", plural="films")


FILMS = (
    film(
        "casablanca-1942",
        "Casablanca",
        "102 10+ 1-0-0-0-0 90 97",
        "Drama, Romance, War",
        "Michael Curtiz",
        "Humphrey Bogart, Ingrid Bergman, Paul Henreid, Claude Rains",
        "United States / English, French, German",
        "romantic, bittersweet, witty, world war ii, refugees, first love, black and white, morocco",
        "Rick runs a café in wartime Morocco and sticks his neck out for nobody, until the woman who left him in "
        "Paris walks in with her husband. Letters of transit, a piano song and a foggy airfield decide who leaves. It "
        "aches and it jokes at once.",
    ),
    film(
        "singin-in-the-rain-1952",
        "Singin' in the Rain",
        "103 all 0-0-0-0-0 82 95",
        "Musical, Comedy, Romance",
        "Gene Kelly, Stanley Donen",
        "Gene Kelly, Debbie Reynolds, Donald O'Connor, Jean Hagen",
        "United States / English",
        "feel-good, uplifting, romantic, playful, dance, music, hollywood, silent",
        "A silent star with a terrible voice is about to be heard, and her leading man falls for the girl who can "
        "sing. Gene Kelly splashes through puddles and Donald O'Connor runs up walls. You leave humming.",
    ),
    film(
        "before-sunrise-1995",
        "Before Sunrise",
        "101 13+ 0-0-1-2-1 68 88",
        "Romance, Drama",
        "Richard Linklater",
        "Ethan Hawke, Julie Delpy",
        "United States, Austria / English, German, French",
        "romantic, intimate, bittersweet, first love, one night, train, vienna, conversation",
        "An American and a Frenchwoman get off a train in Vienna and walk until morning. They talk about death, "
        "parents and love in trams and record shops. It feels like the best conversation you ever had with a "
        "stranger.",
        series="Before",
        position=1,
    ),
    film(
        "airplane-1980",
        "Airplane!",
        "88 13+ 1-0-2-2-1 78 84",
        "Comedy",
        "Jim Abrahams, David Zucker, Jerry Zucker",
        "Robert Hays, Julie Hagerty, Leslie Nielsen, Lloyd Bridges",
        "United States / English",
        "silly, absurd, deadpan, parody, disaster, airport, cult classic",
        "The fish dinner poisons both pilots, and a shell-shocked ex-flyer must land the plane while his ex- "
        "girlfriend inflates the automatic one. Every line is taken literally. The jokes come faster than you can "
        "laugh.",
    ),
    film(
        "alien-1979",
        "Alien",
        "117 16+ 2-3-1-2-0 92 95",
        "Horror, Science Fiction",
        "Ridley Scott",
        "Sigourney Weaver, Tom Skerritt, John Hurt, Ian Holm",
        "United Kingdom, United States / English",
        "scary, tense, dark, atmospheric, space, aliens, monster, female lead, single location",
        "The crew of a space freighter answers a signal and brings something back aboard. Ripley keeps her head while "
        "the thing grows in the air shafts. Slow dread, then panic.",
        series="Alien",
        position=1,
    ),
    film(
        "aliens-1986",
        "Aliens",
        "137 16+ 3-3-0-3-0 88 92",
        "Action, Science Fiction, Horror",
        "James Cameron",
        "Sigourney Weaver, Michael Biehn, Carrie Henn, Bill Paxton",
        "United States, United Kingdom / English",
        "tense, violent, fast-paced, space, aliens, monster, female lead, motherhood, sequel",
        "Ripley goes back to the moon with a squad of loud marines, and finds one child alive. Motion trackers beep, "
        "then the ceiling moves. A war film with acid for blood.",
        series="Alien",
        position=2,
    ),
    film(
        "the-thing-1982",
        "The Thing",
        "109 18+ 3-3-0-2-1 76 88",
        "Horror, Science Fiction, Mystery",
        "John Carpenter",
        "Kurt Russell, Wilford Brimley, Keith David",
        "United States / English",
        "scary, disturbing, dark, tense, violent, aliens, monster, single location, antarctica, remake",
        "Something thawed out of the Antarctic ice can look like any man in the station. Blood tests, flamethrowers "
        "and paranoia follow each other through the long night. You trust nobody at the end.",
    ),
    film(
        "my-neighbor-totoro-1988",
        "My Neighbor Totoro",
        "86 all 0-0-0-0-0 80 93",
        "Animation, Family, Fantasy",
        "Hayao Miyazaki",
        "Chika Sakamoto, Noriko Hidaka, Hitoshi Takagi",
        "Japan / Japanese",
        "magical, heartwarming, whimsical, cosy, childhood, forest, studio ghibli, hand-drawn, anime",
        "Two sisters move to the country to be near their sick mother and find a huge furry spirit asleep in a "
        "camphor tree. A cat bus grins through the rice fields. Nothing bad needs to happen for it to be wonderful.",
        original_title="となりのトトロ",
    ),
    film(
        "unforgiven-1992",
        "Unforgiven",
        "130 16+ 2-1-1-2-1 74 90",
        "Western, Drama",
        "Clint Eastwood",
        "Clint Eastwood, Gene Hackman, Morgan Freeman, Richard Harris",
        "United States / English",
        "dark, melancholy, gritty, revenge, old age, gunfighter, small town",
        "A widowed pig farmer who used to kill for money rides out once more for a bounty. The sheriff of Big Whiskey "
        "has his own idea of law. Every shot costs somebody something.",
    ),
    film(
        "jurassic-park-1993",
        "Jurassic Park",
        "127 10+ 2-2-0-1-0 95 90",
        "Adventure, Science Fiction, Thriller",
        "Steven Spielberg",
        "Sam Neill, Laura Dern, Jeff Goldblum, Richard Attenborough",
        "United States / English",
        "suspenseful, fast-paced, epic, dinosaurs, animals, island, based on a novel",
        "An old showman has grown dinosaurs on an island and invites three scientists to bless the zoo. The fences "
        "fail in the rain, with the children in the cars. Wonder first, then teeth.",
    ),
    film(
        "groundhog-day-1993",
        "Groundhog Day",
        "101 10+ 0-0-1-1-0 86 90",
        "Comedy, Fantasy, Romance",
        "Harold Ramis",
        "Bill Murray, Andie MacDowell, Chris Elliott",
        "United States / English",
        "witty, feel-good, uplifting, thought-provoking, time travel, small town, time loop",
        "A sour weatherman wakes up on the same snowy morning again and again, and only he knows. He tries greed, "
        "despair and piano lessons. It is funny until it is wise.",
    ),
    film(
        "orlando-1992",
        "Orlando",
        "94 13+ 0-0-2-0-0 40 80",
        "Drama, Fantasy, History",
        "Sally Potter",
        "Tilda Swinton, Billy Zane, Quentin Crisp",
        "United Kingdom, Russia, France / English, French",
        "dreamlike, visually striking, witty, based on a novel, identity, lgbtq, directed by a woman, female lead, aristocracy",
        "A young nobleman is told by Queen Elizabeth not to grow old, and does not: four centuries pass, and one "
        "morning he wakes a woman. Tilda Swinton looks straight at us and lets us in on it. Cool silk with a grin.",
    ),
    film(
        "heat-1995",
        "Heat",
        "170 16+ 3-1-1-3-1 84 91",
        "Crime, Thriller, Drama",
        "Michael Mann",
        "Al Pacino, Robert De Niro, Val Kilmer, Ashley Judd",
        "United States / English",
        "tense, stylish, atmospheric, melancholy, heist, detective, big city, loneliness",
        "A thief with no ties and a detective with three failed marriages hunt each other through Los Angeles at "
        "night. They meet for coffee once. The street battle is deafening, the silence after it sad.",
    ),
    film(
        "seven-1995",
        "Seven",
        "127 18+ 3-3-1-3-1 90 90",
        "Crime, Mystery, Thriller",
        "David Fincher",
        "Brad Pitt, Morgan Freeman, Gwyneth Paltrow, Kevin Spacey",
        "United States / English",
        "dark, disturbing, gritty, tense, serial killer, detective, twist ending, big city",
        "Two detectives, one tired and one eager, follow a murderer who stages the deadly sins in a city where it "
        "never stops raining. The last case comes in a box. It sits in your stomach for days.",
        original_title="Se7en",
    ),
    film(
        "toy-story-1995",
        "Toy Story",
        "81 all 0-1-0-0-0 95 95",
        "Animation, Comedy, Family, Adventure",
        "John Lasseter",
        "Tom Hanks, Tim Allen, Don Rickles",
        "United States / English",
        "playful, heartwarming, witty, friendship, toys, jealousy, childhood, pixar",
        "A cowboy doll loses his place on the bed to a space ranger who does not know he is a toy. They end up lost "
        "at a petrol station, together. Funny for children, sharper for grown-ups.",
        series="Toy Story",
        position=1,
    ),
    film(
        "the-big-lebowski-1998",
        "The Big Lebowski",
        "117 16+ 1-0-2-3-2 85 86",
        "Comedy, Crime",
        "Joel Coen, Ethan Coen",
        "Jeff Bridges, John Goodman, Julianne Moore, Steve Buscemi",
        "United States / English",
        "absurd, deadpan, quirky, silly, bowling, mistaken identity, kidnapping, cult classic, los angeles",
        "The Dude wants his rug back, and that is how he falls into a kidnapping he never understands. Between two "
        "frames of bowling there are nihilists, a marmot and white Russians. It is loose, warm and endlessly "
        "quotable.",
    ),
    film(
        "the-matrix-1999",
        "The Matrix",
        "136 16+ 2-2-0-2-0 95 92",
        "Science Fiction, Action",
        "Lana Wachowski, Lilly Wachowski",
        "Keanu Reeves, Laurence Fishburne, Carrie-Anne Moss, Hugo Weaving",
        "United States / English",
        "mind-bending, stylish, fast-paced, visually striking, artificial intelligence, dystopia, martial arts, hacker",
        "A programmer learns that the world he types in is itself a program, and that he may be the one to break it. "
        "Lobby shoot-outs and kung fu bend with the code. Leather, green rain and vertigo.",
        series="The Matrix",
        position=1,
    ),
    film(
        "amelie-2001",
        "Amélie",
        "122 13+ 0-0-2-0-0 80 88",
        "Comedy, Romance",
        "Jean-Pierre Jeunet",
        "Audrey Tautou, Mathieu Kassovitz, Dominique Pinon",
        "France, Germany / French",
        "whimsical, quirky, romantic, feel-good, visually striking, paris, female lead, loneliness",
        "A shy waitress in Montmartre mends the lives of strangers with small secret plots, and hides from her own. A "
        "garden gnome travels the world, a glass man paints Renoir. Sweet, green and red, and a little lonely.",
        original_title="Le Fabuleux Destin d'Amélie Poulain",
    ),
    film(
        "spirited-away-2001",
        "Spirited Away",
        "125 7+ 1-2-0-0-0 90 97",
        "Animation, Fantasy, Adventure, Family",
        "Hayao Miyazaki",
        "Rumi Hiiragi, Miyu Irino, Mari Natsuki",
        "Japan / Japanese",
        "magical, dreamlike, whimsical, coming of age, witches, ghosts, female lead, studio ghibli, hand-drawn, anime",
        "Chihiro's parents turn into pigs at an empty fairground, and she takes a job in a bathhouse for gods to win "
        "them back. A witch steals her name, a masked ghost offers gold. Strange and tender, like a dream remembered "
        "whole.",
        original_title="千と千尋の神隠し",
    ),
    film(
        "oldboy-2003",
        "Oldboy",
        "120 18+ 3-2-3-2-1 78 88",
        "Thriller, Mystery, Drama",
        "Park Chan-wook",
        "Choi Min-sik, Yoo Ji-tae, Kang Hye-jung",
        "South Korea / Korean",
        "dark, disturbing, violent, stylish, revenge, twist ending, prison",
        "A man is locked in a hotel room for fifteen years without a word of why, then let go with a phone and a "
        "suit. A hammer, a corridor and a terrible secret wait. Beautiful and hard to shake off.",
    ),
    film(
        "memories-of-murder-2003",
        "Memories of Murder",
        "131 16+ 2-2-2-2-0 62 92",
        "Crime, Drama, Mystery",
        "Bong Joon-ho",
        "Song Kang-ho, Kim Sang-kyung, Park Hae-il",
        "South Korea / Korean",
        "dark, melancholy, suspenseful, serial killer, detective, small town, based on a true story, 1980s",
        "Country policemen who beat confessions out of simpletons meet a detective from Seoul who trusts documents. "
        "Rain, red dresses and a song on the radio are all they have. It ends on a look you will remember.",
    ),
    film(
        "pans-labyrinth-2006",
        "Pan's Labyrinth",
        "118 16+ 3-2-1-2-0 78 93",
        "Fantasy, Drama, War",
        "Guillermo del Toro",
        "Ivana Baquero, Sergi López, Maribel Verdú, Doug Jones",
        "Mexico, Spain / Spanish",
        "magical, dark, disturbing, violent, fairy tale, childhood, monster, spanish civil war, female lead",
        "In Franco's Spain a girl follows an insect into a labyrinth, where a faun sets her three tasks. Her "
        "stepfather, a captain, is worse than the pale man with eyes in his hands. A fairy tale for grown-ups, cruel "
        "and lovely.",
        original_title="El laberinto del fauno",
    ),
    film(
        "the-dark-knight-2008",
        "The Dark Knight",
        "152 13+ 2-2-0-1-0 96 93",
        "Action, Crime, Thriller",
        "Christopher Nolan",
        "Christian Bale, Heath Ledger, Aaron Eckhart, Maggie Gyllenhaal",
        "United States, United Kingdom / English",
        "dark, tense, epic, superhero, big city, gangsters, based on a comic, sequel",
        "The Joker burns money and rigs ferries to prove that everyone has a price, and Batman is not sure he is "
        "wrong. Gotham looks like any city at night. A crime film in a cape, relentless.",
        series="The Dark Knight",
        position=2,
    ),
    film(
        "coraline-2009",
        "Coraline",
        "100 7+ 1-2-0-0-0 74 84",
        "Animation, Fantasy, Family",
        "Henry Selick",
        "Dakota Fanning, Teri Hatcher, Keith David",
        "United States / English",
        "eerie, magical, dark, whimsical, stop-motion, childhood, based on a novel, female lead",
        "Behind a small door Coraline finds a nicer mother with buttons for eyes. The garden blooms in her honour, "
        "and the price is her own eyes. Handmade and deliciously creepy.",
    ),
    film(
        "up-2009",
        "Up",
        "96 all 1-1-0-0-0 90 91",
        "Animation, Adventure, Family, Comedy",
        "Pete Docter",
        "Ed Asner, Jordan Nagai, Christopher Plummer",
        "United States / English",
        "heartwarming, bittersweet, moving, grief, old age, friendship, dogs, pixar",
        "A widower ties thousands of balloons to his house and floats to South America with a boy scout on the porch. "
        "Talking dogs and a rare bird join. You cry in the first ten minutes and laugh after.",
    ),
    film(
        "drive-2011",
        "Drive",
        "100 18+ 3-1-1-2-1 76 84",
        "Crime, Thriller, Drama",
        "Nicolas Winding Refn",
        "Ryan Gosling, Carey Mulligan, Albert Brooks, Bryan Cranston",
        "United States / English",
        "stylish, tense, violent, atmospheric, heist, cars, loneliness, los angeles",
        "A stunt driver who hardly speaks moonlights for robbers, and falls for the neighbour with the husband in "
        "prison. Synths, a scorpion jacket and an elevator. Dreamy, then brutal.",
    ),
    film(
        "her-2013",
        "Her",
        "126 16+ 0-0-2-2-0 74 88",
        "Romance, Drama, Science Fiction",
        "Spike Jonze",
        "Joaquin Phoenix, Scarlett Johansson, Amy Adams, Rooney Mara",
        "United States / English",
        "melancholy, romantic, intimate, thought-provoking, artificial intelligence, loneliness, big city",
        "A man who writes love letters for others falls for the voice of his operating system. She learns faster than "
        "he can bear. Soft colours, warm voices, an honest ache.",
    ),
    film(
        "only-lovers-left-alive-2013",
        "Only Lovers Left Alive",
        "123 16+ 1-1-1-2-1 48 80",
        "Romance, Fantasy, Drama",
        "Jim Jarmusch",
        "Tilda Swinton, Tom Hiddleston, Mia Wasikowska, John Hurt",
        "United Kingdom, Germany / English",
        "atmospheric, deadpan, melancholy, stylish, slow-burn, vampires, music, detroit",
        "Two vampires, centuries married, meet again in a ruined Detroit full of old guitars. Good blood is hard to "
        "find and her sister is coming. A long cool night among records.",
    ),
    film(
        "free-solo-2018",
        "Free Solo",
        "100 10+ 0-2-0-1-0 58 84",
        "Documentary, Sport",
        "Elizabeth Chai Vasarhelyi, Jimmy Chin",
        "",
        "United States / English",
        "tense, visually striking, based on a true story, mountains, sports, climbing, obsession",
        "Alex Honnold means to climb El Capitan without a rope, and his friends must film what may be his death. A "
        "new girlfriend asks the questions. Your palms sweat in your chair.",
    ),
    film(
        "arrival-2016",
        "Arrival",
        "116 13+ 1-1-0-1-0 78 90",
        "Science Fiction, Drama, Mystery",
        "Denis Villeneuve",
        "Amy Adams, Jeremy Renner, Forest Whitaker",
        "United States, Canada / English, Mandarin",
        "thought-provoking, melancholy, mind-bending, slow-burn, aliens, grief, motherhood, female lead, nonlinear, language",
        "A linguist is flown to a shell hanging over Montana to ask its visitors why they came. She learns their "
        "round sentences and something happens to her sense of time. Quiet, grey and overwhelming.",
    ),
    film(
        "get-out-2017",
        "Get Out",
        "104 16+ 2-3-1-2-1 82 90",
        "Horror, Mystery, Thriller",
        "Jordan Peele",
        "Daniel Kaluuya, Allison Williams, Bradley Whitford, Catherine Keener",
        "United States / English",
        "scary, satirical, tense, suspenseful, racism, class, twist ending, family bonds",
        "A black photographer spends the weekend with his white girlfriend's parents, who would have voted for Obama "
        "a third time. A teacup is stirred, and he sinks. You laugh with your teeth clenched.",
    ),
    film(
        "it-2017",
        "It",
        "135 16+ 2-3-1-3-1 84 72",
        "Horror",
        "Andy Muschietti",
        "Bill Skarsgård, Jaeden Martell, Sophia Lillis, Finn Wolfhard",
        "United States / English",
        "scary, dark, nostalgic, coming of age, friendship, monster, small town, based on a novel, 1980s",
        "The children of Derry keep vanishing, and seven outcasts on bicycles know who does it: a clown in the "
        "drains. They go down together. Summer friendship with teeth in it.",
        series="It",
        position=1,
    ),
    film(
        "paddington-2-2017",
        "Paddington 2",
        "103 all 0-1-0-0-0 72 90",
        "Family, Comedy, Adventure",
        "Paul King",
        "Ben Whishaw, Hugh Grant, Sally Hawkins, Brendan Gleeson",
        "United Kingdom, France / English",
        "heartwarming, feel-good, witty, whimsical, prison, family bonds, london, sequel, animals",
        "A bear saves up for a pop-up book and goes to prison for its theft, where he teaches the cook marmalade. "
        "Hugh Grant plays a washed-up actor with a wardrobe of nuns. Kindness, with slapstick timing.",
        series="Paddington",
        position=2,
    ),
    film(
        "black-panther-2018",
        "Black Panther",
        "134 13+ 2-1-0-1-0 92 84",
        "Action, Adventure, Science Fiction",
        "Ryan Coogler",
        "Chadwick Boseman, Michael B. Jordan, Lupita Nyong'o, Letitia Wright",
        "United States / English, Xhosa",
        "epic, stylish, superhero, africa, family bonds, politics, based on a comic",
        "The new king of hidden Wakanda meets a cousin who grew up without it and wants its weapons for the world. "
        "Waterfall duels and purple flowers, and an enemy with a point. Proud and glittering.",
    ),
    film(
        "us-2019",
        "Us",
        "116 16+ 3-3-0-2-1 74 80",
        "Horror, Thriller",
        "Jordan Peele",
        "Lupita Nyong'o, Winston Duke, Elisabeth Moss",
        "United States / English",
        "scary, disturbing, tense, satirical, doubles, class, family bonds, twist ending",
        "A family on holiday finds a family in the drive that looks just like them, in red, with scissors. Lupita "
        "Nyong'o plays both mothers. A nightmare that keeps asking who is below.",
    ),
    film(
        "parasite-2019",
        "Parasite",
        "132 16+ 2-2-2-2-1 86 96",
        "Thriller, Drama, Comedy",
        "Bong Joon-ho",
        "Song Kang-ho, Lee Sun-kyun, Cho Yeo-jeong, Choi Woo-shik",
        "South Korea / Korean",
        "satirical, tense, dark, class, family bonds, twist ending, big city",
        "A family that folds pizza boxes in a basement talks its way, one by one, into the service of a rich house on "
        "the hill. Then the doorbell rings in the rain. Farce that turns to horror without changing its face.",
    ),
    film(
        "knives-out-2019",
        "Knives Out",
        "130 13+ 1-0-0-1-1 82 84",
        "Mystery, Comedy, Crime",
        "Rian Johnson",
        "Daniel Craig, Ana de Armas, Chris Evans, Jamie Lee Curtis",
        "United States / English",
        "witty, playful, suspenseful, detective, class, family bonds, ensemble, twist ending",
        "A rich crime writer is found with his throat cut, and every heir had a reason. A Southern detective watches "
        "the nurse, who cannot lie without being sick. A jolly puzzle with a bite.",
        series="Knives Out",
        position=1,
    ),
    film(
        "portrait-of-a-lady-on-fire-2019",
        "Portrait of a Lady on Fire",
        "122 16+ 0-0-2-0-1 62 93",
        "Romance, Drama, History",
        "Céline Sciamma",
        "Noémie Merlant, Adèle Haenel, Luàna Bajrami, Valeria Golino",
        "France / French, Italian",
        "romantic, slow-burn, intimate, bittersweet, lgbtq, art, island, sea, directed by a woman, female lead",
        "A painter comes to a Breton island to paint a bride in secret, walking beside her by day and painting from "
        "memory at night. The looks grow longer. It burns without raising its voice.",
        original_title="Portrait de la jeune fille en feu",
    ),
    film(
        "everything-everywhere-all-at-once-2022",
        "Everything Everywhere All at Once",
        "139 16+ 2-1-2-3-0 84 90",
        "Science Fiction, Comedy, Action, Drama",
        "Daniel Kwan, Daniel Scheinert",
        "Michelle Yeoh, Stephanie Hsu, Ke Huy Quan, Jamie Lee Curtis",
        "United States / English, Mandarin, Cantonese",
        "absurd, moving, fast-paced, mind-bending, mothers and daughters, immigration, martial arts, multiverse",
        "A laundromat owner at the tax office is told that only she can save every universe. There are hot-dog "
        "fingers, a raccoon and a bagel. Under the noise a mother and daughter try to hear each other.",
    ),
    film(
        "the-boy-and-the-heron-2023",
        "The Boy and the Heron",
        "124 10+ 1-2-0-0-0 68 86",
        "Animation, Fantasy, Adventure",
        "Hayao Miyazaki",
        "Soma Santoki, Masaki Suda, Takuya Kimura",
        "Japan / Japanese",
        "magical, dreamlike, melancholy, grief, war, childhood, studio ghibli, hand-drawn, anime",
        "A boy who lost his mother in the fire-bombing is lured into a tower by a heron that talks. Below are "
        "parakeets, a sea and somebody who builds worlds from blocks. Dense, strange and kind.",
        original_title="君たちはどう生きるか",
    ),
)
