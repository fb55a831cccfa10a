"""Reasons as a language model might write them of films that ship: forty true ones, forty with a false claim in each."""

from __future__ import annotations

TRUE = (
    (
        "goodfellas-1990",
        "Three decades of mob life told at a sprint, with Joe Pesci terrifying everybody; Scorsese's gangs eat "
        "well, laugh hard and kill without warning.",
    ),
    (
        "pans-labyrinth-2006",
        "In Spain just after the Civil War, a lost girl meets a faun while her stepfather hunts rebels. Dark magic "
        "that never looks away.",
    ),
    (
        "duck-soup-1933",
        "The Marx Brothers run a country into the ground in 68 minutes, and no joke waits for you to catch up.",
    ),
    (
        "the-third-man-1949",
        "Post-war Vienna, a zither, and Orson Welles in a doorway: Carol Reed's mystery is over a hundred minutes "
        "of tilted streets.",
    ),
    (
        "mind-game-2004",
        "Masaaki Yuasa's debut is a wild anime ride through the belly of a whale, and the gangsters are the least "
        "of Nishi's worries.",
    ),
    (
        "the-tale-of-the-princess-kaguya-2013",
        "Like Spirited Away it comes from Studio Ghibli, but Isao Takahata draws this fairy tale with charcoal and "
        "watercolour, and it aches.",
    ),
    (
        "yojimbo-1961",
        "A ronin plays two gangs against each other in a dusty town. Toshiro Mifune scratches and shrugs his way "
        "through Kurosawa's black-and-white classic.",
    ),
    (
        "rear-window-1954",
        "James Stewart sits with binoculars and a broken leg, watching the neighbours, until Grace Kelly climbs into danger.",
    ),
    (
        "grave-of-the-fireflies-1988",
        "Two orphans try to stay alive in Kobe in the last months of World War II. It is the saddest thing Studio "
        "Ghibli ever made.",
    ),
    (
        "some-like-it-hot-1959",
        "Two musicians put on dresses to hide from the mob and end up on a train to Florida with Marilyn Monroe; "
        "Billy Wilder keeps it fast and silly.",
    ),
    (
        "the-grand-budapest-hotel-2014",
        "A concierge, a stolen painting and pink cakes: Wes Anderson's caper has Ralph Fiennes swearing like a "
        "poet and a sadness underneath.",
    ),
    (
        "young-frankenstein-1974",
        "Gene Wilder plays the grandson who wants nothing to do with the family business. Mel Brooks spoofs the "
        "old horror films lovingly, in black and white.",
    ),
    (
        "metropolis-1927",
        "One Maria is a saint and the other a machine; the two Maries drive Fritz Lang's silent giant of a city to revolt.",
    ),
    (
        "bicycle-thieves-1948",
        "In postwar Rome a father and his small son spend a Sunday looking for a stolen bicycle. Simple, and devastating.",
    ),
    (
        "city-of-god-2002",
        "Gangs of boys rule a Rio slum, and one shy kid with a camera survives to tell it. Fast, funny in places, and brutal.",
    ),
    (
        "in-the-mood-for-love-2000",
        "Two neighbours in Hong Kong find out that their spouses are having an affair. Maggie Cheung and Tony "
        "Leung Chiu-wai hardly touch, and it is unbearably romantic.",
    ),
    (
        "paddington-2014",
        "A small bear with a marmalade sandwich loses his home and finds a family in London; it is silly, warm and "
        "kind from start to finish.",
    ),
    (
        "airplane-1980",
        "If you want the silliest thing on the list: Leslie Nielsen keeps a straight face through a hundred bad "
        "puns at 30,000 feet.",
    ),
    (
        "mad-max-fury-road-2015",
        "Charlize Theron steals a war rig and George Miller chases her across the desert for two hours, with "
        "hardly a pause to breathe.",
    ),
    (
        "whiplash-2014",
        "J.K. Simmons throws chairs at Miles Teller until the drums bleed. A music film that plays like a thriller.",
    ),
    (
        "lady-bird-2017",
        "Greta Gerwig's comedy about a girl in her last year of school is mostly about her mother, and it gets "
        "both of them right.",
    ),
    (
        "the-lives-of-others-2006",
        "A Stasi captain listens in on a playwright and slowly changes sides. Ulrich Mühe does almost nothing with "
        "his face, and it breaks your heart.",
    ),
    (
        "persepolis-2007",
        "Marjane Satrapi draws her own childhood in Tehran in black and white; punk, prophets and exile in 95 minutes.",
    ),
    (
        "moonlight-2016",
        "Three ages of one boy in Miami. Mahershala Ali teaches him to swim, and Barry Jenkins lets the silences do the rest.",
    ),
    (
        "ratatouille-2007",
        "Pixar sends a rat into a Paris kitchen, and Brad Bird makes you hungry. Nothing in it is violent enough "
        "to worry about.",
    ),
    (
        "the-thing-1982",
        "Twelve men, one Antarctic station and a monster that can look like any of them. John Carpenter's horror "
        "is as paranoid as it is slimy.",
    ),
    (
        "fargo-1996",
        "A small-time salesman hires two crooks and it goes wrong at once; Frances McDormand is the pregnant "
        "police chief who tidies up.",
    ),
    (
        "a-separation-2011",
        "An Iranian couple splits up, and one push on the stairs turns into a court case in which everybody is a "
        "little bit right.",
    ),
    (
        "your-name-2016",
        "Two teenagers wake up in each other's bodies. Makoto Shinkai starts with jokes and ends with a comet and "
        "a lump in your throat.",
    ),
    (
        "come-and-see-1985",
        "A boy joins the partisans in Belarus, and the Second World War takes his face apart. Not for a tired "
        "evening, but nothing else comes close.",
    ),
    (
        "lagaan-2001",
        "Villagers play cricket against the British Raj to get rid of a tax. Nearly four hours, and the last over "
        "is worth all of it.",
    ),
    (
        "roma-2018",
        "Alfonso Cuarón remembers the maid who raised him, in Mexico City around 1970. Time passes slowly, and "
        "then a wave comes.",
    ),
    (
        "sunset-boulevard-1950",
        "A dead man tells the story, a forgotten star of the silents waits for her close-up, and Billy Wilder is "
        "merciless about Hollywood.",
    ),
    (
        "jaws-1975",
        "Spielberg's shark eats a small island's summer. It is scary, but it is the three men in the boat you will remember.",
    ),
    (
        "do-the-right-thing-1989",
        "The hottest day of the year in Brooklyn, one pizzeria and a lot of music: Spike Lee's film is funny until it isn't.",
    ),
    (
        "the-general-1926",
        "Buster Keaton loses his girl and his locomotive in the American Civil War and gets both back, doing every "
        "stunt himself.",
    ),
    (
        "the-devils-backbone-2001",
        "From Guillermo del Toro, who also made Pan's Labyrinth: a ghost story in an orphanage during the Spanish Civil War.",
    ),
    (
        "a-fistful-of-dollars-1964",
        "Clint Eastwood rides into a border town and works for both sides. Leone lifted the plot from Yojimbo and "
        "gave it a poncho.",
    ),
    (
        "aftersun-2022",
        "Paul Mescal is the young father on a cheap holiday; what his daughter missed is what Charlotte Wells is "
        "looking for twenty years later.",
    ),
    (
        "knives-out-2019",
        "Daniel Craig drawls his way through a house full of liars. A whodunit that shows its hand early and still wins.",
    ),
)

FALSE = (
    (
        "mind-game-2004",
        "Masaaki Yuasa, who also made Spirited Away, sends his hero into the belly of a whale.",
        "made Spirited Away",
    ),
    (
        "rear-window-1954",
        "Hitchcock's thriller inspired A Fistful of Dollars, and James Stewart never leaves his chair.",
        "A Fistful of Dollars",
    ),
    (
        "grave-of-the-fireflies-1988",
        "Isao Takahata, the man behind My Neighbor Totoro, shows two children in the war.",
        "My Neighbor Totoro",
    ),
    ("goodfellas-1990", "Scorsese's mob film with Al Pacino and Ray Liotta moves like a train.", "Al Pacino"),
    ("fargo-1996", "Directed by Spike Lee, with Frances McDormand as a pregnant police chief in the snow.", "Spike Lee"),
    (
        "yojimbo-1961",
        "Kurosawa's ronin plays two gangs against each other in bright Technicolor, and it won the Palme d'Or.",
        "Palme d'Or",
    ),
    (
        "the-third-man-1949",
        "Carol Reed follows a hack writer through wartime Berlin, with Orson Welles in a doorway.",
        "Berlin",
    ),
    ("ratatouille-2007", "A stop-motion rat cooks in Paris; it is feel-good and witty.", "stop-motion"),
    ("paddington-2014", "A bear comes to London in this very violent family comedy.", "violent"),
    ("the-thing-1982", "John Carpenter's comedy about twelve men in Antarctica is tense.", "comedy"),
    ("metropolis-1927", "Fritz Lang's silent giant takes ninety minutes and looks like the future.", "ninety minutes"),
    ("some-like-it-hot-1959", "Billy Wilder, who also directed Rear Window, puts two men in dresses.", "Rear Window"),
    ("airplane-1980", "A melancholy spoof in which Leslie Nielsen keeps a straight face.", "melancholy"),
    ("whiplash-2014", "A drama about football, with J.K. Simmons as a coach from hell.", "football"),
    ("lady-bird-2017", "Greta Gerwig made The Apartment, and here Saoirse Ronan fights with her mother.", "The Apartment"),
    ("a-separation-2011", "A Turkish couple splits up and everybody is a little bit right.", "Turkish"),
    ("roma-2018", "Alfonso Cuarón's Mexican memory is shot in warm colour and set in the eighties.", "eighties"),
    ("persepolis-2007", "Marjane Satrapi draws her childhood in Baghdad in black and white.", "Baghdad"),
    ("the-general-1926", "Buster Keaton chases his locomotive through the First World War.", "First World War"),
    ("pans-labyrinth-2006", "Guillermo del Toro's fairy tale is cosy, with a faun and a toad.", "cosy"),
    ("jaws-1975", "Spielberg's first film about sharks is a light-hearted adventure.", "light-hearted"),
    ("city-of-god-2002", "The story of gangs in Rio, directed by Alfonso Cuarón.", "Alfonso Cuarón"),
    ("the-apartment-1960", "Jack Lemmon lends his flat to Tony Curtis in Billy Wilder's bittersweet comedy.", "Tony Curtis"),
    ("moonlight-2016", "Three ages of one boy in Chicago, tender and sad.", "Chicago"),
    ("inception-2010", "Nolan's heist in dreams stars Matt Damon and runs two and a half hours.", "Matt Damon"),
    ("memento-2000", "Christopher Nolan, who wrote The Third Man, tells it backwards.", "The Third Man"),
    ("sunset-boulevard-1950", "A musical about a forgotten star, with Gloria Swanson.", "musical"),
    ("in-the-mood-for-love-2000", "Wong Kar-wai's Korean romance never raises its voice.", "Korean"),
    ("the-lives-of-others-2006", "From the director of Moonlight comes a story of a Stasi captain.", "director of Moonlight"),
    ("come-and-see-1985", "A boy joins the partisans in this Polish war film, released in 1992.", "1992"),
    (
        "do-the-right-thing-1989",
        "The coldest day of the year in Brooklyn: Spike Lee's feel-good film keeps its heat.",
        "feel-good",
    ),
    (
        "young-frankenstein-1974",
        "Mel Brooks, also behind Airplane!, spoofs the old horror films with Gene Wilder.",
        "Airplane!",
    ),
    ("the-devils-backbone-2001", "A vampire story in an orphanage, made by Guillermo del Toro.", "vampire"),
    ("duck-soup-1933", "The Marx Brothers are at their best, and it is shorter than an hour.", "shorter than an hour"),
    ("lagaan-2001", "A two-hour cricket match against the British with songs by A. R. Rahman.", "two-hour"),
    ("rrr-2022", "Two friends take on the British in a quiet, meditative drama.", "meditative"),
    (
        "hunt-for-the-wilderpeople-2016",
        "Taika Waititi, the director of Jaws, sends a boy and a grump into the bush.",
        "director of Jaws",
    ),
    ("past-lives-2023", "You loved Casablanca, and Celine Song's romance is as quiet.", "You loved Casablanca"),
    ("train-to-busan-2016", "Zombies on a train: a Korean horror with vampires on the roof and no violence.", "no violence"),
    ("call-me-by-your-name-2017", "Luca Guadagnino made Moonlight too, and this is as sensual.", "Moonlight"),
)
"""(item, reason, the false words)"""
