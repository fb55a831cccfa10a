"""How people name genres, in six languages -> the names catalogs use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GenreWords:
    """One genre: `names` as catalogs spell it (first found wins), `words` as people say it, `search` as plain English."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    search: str


def _genre(names: str, words: str, search: str = "") -> GenreWords:
    listed = tuple(n.strip() for n in names.split(","))
    return GenreWords(listed, tuple(w.strip() for w in words.split(",")), search or listed[0].lower())


# Words are written singular, without accents and without hyphens: that is how they are compared.
GENRES: tuple[GenreWords, ...] = (
    _genre(
        "Action, Action & Adventure",
        "action, action film, action movie, action packed, accion, de accion, film d action, aktion, actionfilm, "
        "azione, acao, de acao",
    ),
    _genre(
        "Adventure, Action & Adventure",
        "adventure, adventurous, swashbuckler, aventura, aventure, abenteuer, abenteuerfilm, avventura",
    ),
    _genre(
        "Animation, Animated",
        "animation, animated, cartoon, animacion, animada, dibujos animados, dessin anime, film d animation, zeichentrick, "
        "zeichentrickfilm, animationsfilm, animazione, cartone animato, animacao, desenho animado",
    ),
    _genre(
        "Biography, Biographical, Biopic",
        "biography, biopic, biographical, biografia, biografica, biographie, biographique, biografie",
        "biography",
    ),
    _genre(
        "Comedy, Comedies",
        "comedy, comedic, komodie, comedia, comedie, commedia, comedia, comedy film",
    ),
    _genre(
        "Crime, Crime & Mystery",
        "crime, gangster film, gangster movie, mafia film, mafia movie, mob movie, krimi, kriminalfilm, crimen, policiaca, "
        "policier, film policier, polar, poliziesco, policial",
    ),
    _genre(
        "Documentary, Documentaries",
        "documentary, docu, doc, documental, documentaire, dokumentarfilm, doku, dokumentation, documentario",
    ),
    _genre("Drama, Dramas", "drama, dramatic, drame, dramma, dramatico"),
    _genre(
        "Family, Children, Children's, Kids, Children & Family Movies",
        "family film, family movie, kid film, kid movie, children film, children movie, children s film, children s movie, "
        "kids film, kids movie, kid s movie, kinderfilm, familienfilm, pelicula infantil, pelicula familiar, "
        "film pour enfants, "
        "film per bambini, film per famiglie, filme infantil",
        "family",
    ),
    _genre("Fantasy, Sci-Fi & Fantasy", "fantasy, fantastical, fantasia, fantasie, fantastico, fantastique"),
    _genre("Film Noir, Film-Noir, Noir", "film noir, noir, cine negro", "film noir"),
    _genre(
        "History, Historical",
        "historical, period piece, period drama, costume drama, historico, historica, historique, historienfilm, storico",
    ),
    _genre(
        "Horror, Horror Movies",
        "horror, slasher, horror film, scary movie, scary film, horrorfilm, gruselfilm, terror, de terror, film d horreur, "
        "horreur, d horreur, epouvante, dell orrore, orrore, filme de terror, de miedo",
    ),
    _genre("Music", "music film, musikfilm"),
    _genre("Musical, Musicals", "musical, musical film, comedia musical, comedie musicale"),
    _genre("Mystery, Mysteries", "mystery, whodunit, whodunnit, murder mystery, misterio, mystere, mistero"),
    _genre(
        "Romance, Romantic Movies",
        "romance, love story, film of love, movie of love, about love, love film, love movie,  liebesfilm, romanze, "
        "romantica, romantico, romantique, film d amour, amor, historia de amor",
    ),
    _genre(
        "Science Fiction, Sci-Fi, SciFi, Sci-Fi & Fantasy",
        "science fiction, sci fi, scifi, sf, ciencia ficcion, fantascienza, ficcao cientifica, sciencefiction",
    ),
    _genre("Sport, Sports", "sport film, sport movie, sportfilm, film sportivo"),
    _genre("Thriller, Thrillers", "thriller, triller"),
    _genre(
        "War, Military",
        "war film, war movie, war, kriegsfilm, pelicula de guerra, film de guerre, film di guerra, filme de guerra",
    ),
    _genre("Western, Westerns", "western, cowboy film, cowboy movie, spaghetti western"),
)

# Words that stand for two genres at once.
PAIRS: Mapping[str, tuple[str, str]] = {
    "romantic comedy": ("Romance", "Comedy"),
    "chick flick": ("Romance", "Comedy"),
    "rom com": ("Romance", "Comedy"),
    "romcom": ("Romance", "Comedy"),
    "romantic drama": ("Romance", "Drama"),
    "romantic thriller": ("Romance", "Thriller"),
    "romantic fantasy": ("Romance", "Fantasy"),
    "romantic adventure": ("Romance", "Adventure"),
    "comedia romantica": ("Romance", "Comedy"),
    "comedie romantique": ("Romance", "Comedy"),
    "romantische komodie": ("Romance", "Comedy"),
    "commedia romantica": ("Romance", "Comedy"),
    "dramedy": ("Comedy", "Drama"),
    "action comedy": ("Action", "Comedy"),
    "horror comedy": ("Horror", "Comedy"),
    "comedy horror": ("Horror", "Comedy"),
    "scary comedy": ("Horror", "Comedy"),
}
