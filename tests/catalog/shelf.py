"""A small shelf of films whose titles are hard to tell from ordinary words, and the linker that knows them."""

from __future__ import annotations

from chatrec.catalog.table import Catalog
from chatrec.records import Item

_FILMS = """
Spirited Away|2001|90|千と千尋の神隠し
Pan's Labyrinth|2006|80|El laberinto del fauno
The Thing|1982|80
The Thing|2011|40
It|2017|85
It|1990|50
Dune|2021|90
Dune|1984|60
Jurassic Park|1993|95
The Godfather|1972|95
The Godfather Part II|1974|90
The Matrix|1999|95
WALL·E|2008|90
Amélie|2001|85|Le Fabuleux Destin d'Amélie Poulain
Mad Max: Fury Road|2015|88
Mad Max|1979|70
Spider-Man: Into the Spider-Verse|2018|90
Toy Story|1995|95
Toy Story 2|1999|85
Se7en|1995|90
Alien|1979|92
Aliens|1986|88
Star Wars|1977|97
Her|2013|80
Up|2009|92
Coraline|2009|70
Us|2019|70
Drive|2011|75
Heat|1995|78
Speed|1994|75
Big|1988|76
Once|2007|55
M|1931|45
Frozen|2013|95
Brave|2012|80
Cars|2006|85
Ring|1998|60
The Ring|2002|70
Contact|1997|70
Psycho|1960|90
Moon|2009|60
Mother|2009|50
Sing|2016|60
Elf|2003|80
Brick|2005|40
Babe|1995|70
Network|1976|60
Gravity|2013|85
Arrival|2016|85
Coco|2017|90
Marley & Me|2008|60
The Dark Knight|2008|97
In the Mood for Love|2000|60
About Time|2013|70
Home Alone|1990|93
Get Out|2017|85
True Story|2015|30
Superhero Movie|2008|20
Music|2021|20
Parasite|2019|90|기생충
Birdman or (The Unexpected Virtue of Ignorance)|2014|75
Kill Bill: Vol. 1|2003|85
Kill Bill: Vol. 2|2004|80
E.T. the Extra-Terrestrial|1982|95
Ray|2004|60
Batman|1989|82
Julia|1977|30
The Shawshank Redemption|1994|97
Eternal Sunshine of the Spotless Mind|2004|80
Forrest Gump|1994|95
The Silence of the Lambs|1991|93
Léon: The Professional|1994|80
The Lord of the Rings: The Fellowship of the Ring|2001|97
The Lord of the Rings: The Two Towers|2002|93
Harry Potter and the Goblet of Fire|2005|85
Harry Potter and the Order of the Phoenix|2007|80
Inception|2010|95
Ocean's Eleven|2001|85
Ocean's Eleven|1960|35
The Avengers|2012|93
12 Angry Men|1957|80
1917|2019|80
300|2006|80
The Good, the Bad and the Ugly|1966|85
The Lighthouse|2019|60
If....|1968|45
Good Morning|1959|25
November|2017|10
Queen|2013|20
Blade Runner|1982|85
Cold War|2018|45
Tetsuo: The Iron Man|1989|15
LOL|2012|10
""".strip()

_SERIES = {"Toy Story": 1, "Toy Story 2": 2, "Alien": 1, "Aliens": 2}


def shelf() -> Catalog:
    """The films, their ids `title-year` as written."""
    items = []
    for line in _FILMS.splitlines():
        title, year, popularity, *original = line.split("|")
        position = _SERIES.get(title)
        items.append(
            Item(
                id=f"{title}-{year}",
                title=title,
                year=int(year),
                popularity=float(popularity),
                original_title=original[0] if original else "",
                series=("Toy Story" if title.startswith("Toy") else "Alien") if position else "",
                position=position,
                genres=("Drama", "Horror"),
                keywords=("cold war", "sea"),
                people={"cast": ("Ray Liotta", "Tilda Swinton", "Jason Bateman"), "director": ("Wes Anderson",)},
            )
        )
    return Catalog(items)
