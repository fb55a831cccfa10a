"""A message as its words, and the signs around a run of them that it is meant as a title."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal, NamedTuple

from chatrec.catalog.frames import ASKED, ASKING, ASKING_LOOSELY, VERDICT
from chatrec.catalog.plain_words import ARTICLES, FUNCTION, PRONOUNS, word_set
from chatrec.catalog.words import Word, words_of

Cue = Literal["strong", "weak", ""]

_QUOTED = re.compile(
    r'"([^"\n]{1,120})"|“([^”\n]{1,120})”|„([^“”\n]{1,120})[“”]|«([^»\n]{1,120})»|「([^」\n]{1,120})」|『([^』\n]{1,120})』|《([^》\n]{1,120})》'
    r"|(?<!\w)'((?:[^'\n]|'(?=\w)){1,120})'(?!\w)|‘((?:[^’\n]|’(?=\w)){1,120})’|(?<![\w*])\*{1,2}([^*\n]{1,120})\*{1,2}(?![\w*])"
    r"|(?<!\w)_([^_\n]{1,120})_(?!\w)"
)
_JOINABLE = re.compile(r"[ \t\u00a0\-–—,:.!?'’·*/&+()]{0,4}")
_BREAK = re.compile(r"[,.!?;:…()\[\]\"“”«»\n|/]|\s[-–—]\s")
_COMMA = re.compile(r"\s*[,/;]\s*(?:['\"“‘]\s*)?")
_YEAR_AFTER = re.compile(r"[\s.!?…]{0,6}[(\[]\s?((?:18|19|20)\d\d)\s?[)\]]")
_YEAR_BESIDE = re.compile(r",?\s{1,2}(?:(?:from|of|in|the)\s{1,2})?((?:18|19|20)\d\d)(?![\w'’%-])")
_YEAR_BEFORE = re.compile(
    r"\b((?:18|19|20)\d\d)(?:['’]?s)?\s+(?:(?:version|remake|adaptation|film|movie)\s+(?:of\s+)?)?(?:the\s+)?$", re.I
)

_STRONG = word_set("loved liked enjoyed adored hated disliked loathed seen saw watched rewatched finished directed")
_WEAK = word_set(
    "love like enjoy hate dislike adore rewatch recommend prefer than including compare seeing watching likes loves"
)
_NOT_LIKING = word_set("feel feels feeling felt sound sounds look looks looked looking seem seems acts act")
_ASIDES = word_set(
    "really also just only both either all even ever never absolutely recently finally actually totally especially already "
    "movie film movies films watching seeing rewatching the 1st 2nd 3rd original new"
)
_PHRASES = (
    ("similar", "to"), ("such", "as"), ("fan", "of"), ("reminds", "me", "of"), ("tell", "me", "about"), ("what", "about"),
    ("how", "about"), ("style", "of"), ("vein", "of"), ("vibe", "of"), ("mood", "of"), ("favourite", "is"), ("favorite", "is"),
    ("favourite", "film", "is"), ("favorite", "film", "is"), ("favourite", "movie", "is"), ("favorite", "movie", "is"),
)  # fmt: skip
_NOUNS = word_set("film movie picture flick classic documentary anime book novel called titled named cartoon")
_FILM_NOUNS = word_set("movies films movie film franchise series trilogy saga sequel sequels remake")
_POINTERS = word_set("the that this called titled named")
_CONJUNCTIONS = frozenset(("and", "or", "nor", "vs", "versus"))
_CLOSERS = _CONJUNCTIONS | word_set(
    "but because cause bc since so too again already yesterday recently lately last though although yet when as is was were "
    "by very really a yes no please then"
)
_PRAISE = word_set(
    "great good amazing awesome fantastic wonderful brilliant excellent terrible boring awful overrated underrated favourite "
    "favorite masterpiece film movie beautiful perfect funny scary fun superb incredible"
)
_COUNTED = word_set(
    "times time hours hour minutes days weeks months years stars more other others films movies picks suggestions options of "
    "out people am pm to"
)
_PEOPLE_CUES = word_set("with by starring director actor actress stars featuring star directors actors")
_NAMED_ONE = word_set("a an some any another every more no")
_SHORTENED = frozenset(("bros", "prof", "capt"))
_SMALL = ARTICLES | word_set("of and or in on at to for by from with but as")


class Year(NamedTuple):
    """A year given with a title, and the place in the text that it and the title take together."""

    year: int
    start: int
    end: int
    firm: bool


class Passage:
    """The words of a message. Runs of words are given as `i`:`j`, like slices."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = words_of(text)
        self._starts = [word.start for word in self.words]
        self.quotes: list[tuple[int, int]] = self._quotes()
        self._quoted_runs = {self._run(*quote): quote for quote in self.quotes}
        told = [word for word in self.words if word.surface[:1].isalpha() and word.key not in _SMALL and word.key != "i"]
        shouted = len(told) > 1 and all(word.surface.isupper() for word in told)
        self.cased = not shouted and (len(told) < 4 or any(word.surface[0].islower() for word in told))

    def _quotes(self) -> list[tuple[int, int]]:
        found = []
        for match in _QUOTED.finditer(self.text):
            group = match.lastindex or 0
            found.append(match.span(group))
        return found

    def _run(self, start: int, end: int) -> tuple[int, int]:
        return self.position(start), self.position(end)

    def key(self, i: int) -> str:
        """The key of word `i`, empty beyond either end."""
        return self.words[i].key if 0 <= i < len(self.words) else ""

    def reach(self, i: int, longest: int) -> int:
        """The furthest `j` to which a name starting at word `i` may run."""
        j = i + 1
        while j < len(self.words) and j - i < longest and self._joins(j):
            j += 1
        return j

    def _joins(self, j: int) -> bool:
        gap = self.words[j].gap
        if not _JOINABLE.fullmatch(gap):
            return False
        before = self.words[j - 1].key
        return "." not in gap or gap.strip() != "." or len(before) < 4 or before in _SHORTENED or gap == "."

    # ------------------------------------------------------------------ signs

    def quoted(self, i: int, j: int) -> bool:
        """Whether the run is all there is between a pair of quotation marks (or asterisks), a year aside."""
        if (i, j) in self._quoted_runs:
            return True
        return j < len(self.words) and (i, j + 1) in self._quoted_runs and self.year(i, j) is not None

    def capital(self, i: int, j: int) -> bool:
        """Whether capitals set the run apart: not those of a sentence's first word, nor of a text written all in them."""
        telling = [word for word in self.words[i:j] if word.key not in _SMALL] or self.words[i:j]
        if not self.cased or any(not word.capital and word.surface[0].isalpha() for word in telling):
            return False
        return any(word.capital and not word.initial for word in telling)

    def cue(self, i: int) -> Cue:
        """Whether the words before `i` announce a title: strongly (loved, seen), weakly (like, than, similar to) or not."""
        k, steps = i - 1, 0
        if i < len(self.words) and self.words[i].initial and _BREAK.search(self.words[i].gap):
            return "weak" if self.words[i].gap.strip() == ":" and self._phrase(k) else ""
        while k >= 0 and steps < 4 and self.key(k) in _ASIDES and not self._phrase(k):
            if self.key(k) in _STRONG:
                break
            k, steps = k - 1, steps + 1
        if k < 0 or _BREAK.search(self.text[self.words[k].end : self.words[i].start] if i < len(self.words) else ""):
            return ""
        before = self.key(k)
        if before in _STRONG:
            return "strong"
        if self._phrase(k) or (before in _WEAK and not (before in ("like", "love") and self.key(k - 1) in _NOT_LIKING)):
            return "weak"
        return ""

    def _phrase(self, k: int) -> bool:
        return any(tuple(self.key(k - len(p) + 1 + n) for n in range(len(p))) == p for p in _PHRASES if k + 1 >= len(p))

    def closed(self, j: int) -> bool:
        """Whether a clause can end before word `j`."""
        return j >= len(self.words) or bool(_BREAK.search(self.words[j].gap)) or self.key(j) in _CLOSERS

    def opened(self, i: int) -> bool:
        """Whether a clause or a list's next entry begins at word `i`."""
        return i <= 0 or bool(_BREAK.search(self.words[i].gap)) or self.key(i - 1) in _CONJUNCTIONS

    def noun_before(self, i: int) -> bool:
        """Whether `the film`, `called` or the like stands right before `i`."""
        if i < 1 or self.words[i].initial or self.key(i - 1) not in _NOUNS:
            return False
        if self.key(i - 1) in _POINTERS:
            return True
        return self.key(i - 2) in _POINTERS and self.key(i - 3) not in ("is", "was")

    def noun_after(self, i: int, j: int) -> bool:
        """Whether the run is used like `the Heat movie`."""
        return self.key(i - 1) == "the" and self.key(j) in ("movie", "film") and not _BREAK.search(self.words[j].gap)

    def praised(self, i: int, j: int) -> bool:
        """Whether a sentence like `Heat is great` or `Heat bored me` begins with the run."""
        if not self.words[i].initial:
            return False
        if self.key(j) in ("is", "was") and any(self.key(k) in _PRAISE for k in range(j + 1, j + 5)):
            return True
        return bool(VERDICT.match(self.text, self.words[j - 1].end))

    def titled(self, i: int, j: int) -> bool:
        """Whether the run is written like a title: capitals and numbers, in a text not written all in capitals."""
        capitals = all(word.surface[0].isupper() or word.surface[0].isdigit() or word.key in _SMALL for word in self.words[i:j])
        return capitals and (self.cased or j > i + 1)

    def paired(self, i: int, j: int) -> bool:
        """Whether the run is one half of `Alien meets The Office`, or what `Titanic but shorter` begins with."""
        if i == 0 and self.key(j) == "but" and 1 < len(self.words) - j < 6:
            return self.titled(i, j)
        return self.titled(i, j) and (self.key(j) == "meets" or self.key(i - 1) == "meets") and len(self.words) > j - i + 1

    def questioned(self, i: int, j: int) -> Cue:
        """Whether the run is all that a short question is about.

        Strong for what is asked of titles alone (`what is Coraline about?`), weak for what may be of anything (`more like Up`).
        """
        if not ASKED.match(self.text, self.words[j - 1].end):
            return ""
        before = self.text[max(0, self.words[i].start - 60) : self.words[i].start]
        return "strong" if ASKING.search(before) else "weak" if ASKING_LOOSELY.search(before) else ""

    def asked_about(self, i: int, j: int) -> bool:
        """Whether the run is asked about: `is the Matrix good`."""
        return self.key(i - 1) in ("is", "was") and any(self.key(k) in _PRAISE for k in range(j, j + 3))

    def inverted(self, j: int) -> bool:
        """Whether an article is put behind the run: `Matrix, The`."""
        if j >= len(self.words) or self.key(j) not in ARTICLES or self.words[j].gap != ", ":
            return False
        return self.closed(j + 1)

    def abbreviated(self, i: int, j: int) -> bool:
        """Whether the run is letters with full stops (`E.T.`), or capitals alone among other words (`ET`)."""
        if j - i > 1:
            return all(len(word.key) == 1 for word in self.words[i:j]) and all(w.gap == "." for w in self.words[i + 1 : j])
        surface = self.words[i].surface
        return 1 < len(surface) < 6 and surface.isupper() and (self.cased or self.lone(i, j))

    def indefinite(self, i: int) -> bool:
        """Whether `a`, `some` or the like stands before word `i`, so that a thing and no title follows."""
        return self.key(i - 1) in _NAMED_ONE and not _BREAK.search(self.words[i].gap)

    def people_before(self, i: int) -> bool:
        """Whether a person is announced: `with`, `directed by`."""
        return self.key(i - 1) in _PEOPLE_CUES

    def name_before(self, i: int) -> bool:
        """Whether the word before is a capitalised one of the same phrase: `John` before `Carpenter`."""
        if i < 1 or not self.cased:
            return False
        word = self.words[i - 1]
        return word.capital and not word.initial and word.key == word.bare and self._touches(i) and word.key not in FUNCTION

    def name_after(self, j: int) -> bool:
        """Whether the phrase goes on in capitals: `Rises` after `The Dark Knight`, `: Endgame` after `Avengers`."""
        if j >= len(self.words) or not self.cased:
            return False
        word = self.words[j]
        if (word.surface == "&" or (word.capital and not word.initial and word.key in ARTICLES)) and j + 1 < len(self.words):
            return self.words[j + 1].capital and self._touches(j) and self._touches(j + 1)
        if not word.capital or word.key in FUNCTION | _FILM_NOUNS:
            return False
        return (self._touches(j) and not word.initial) or bool(re.fullmatch(r":\s?", word.gap))

    def number_after(self, j: int) -> bool:
        """Whether a sequel's number follows: `Toy Story 3` (not `Toy Story 3 times`), `Blade Runner 2049`."""
        if j >= len(self.words) or not self._touches(j):
            return False
        number = self.key(j)
        if not number.isdigit() or self.key(j + 1) in _COUNTED:
            return False
        if not (0 < int(number[:5]) < 20 or 1000 < int(number[:5]) < 3000):
            return False
        return not self.words[j].surface.isalpha() or self.words[j].capital or self.closed(j + 1)

    def _touches(self, j: int) -> bool:
        return self.words[j].gap in (" ", "-", "\u00a0")

    def year(self, i: int, j: int) -> Year | None:
        """A year given right after or right before the run; `firm` when in brackets."""
        start, end = self.words[i].start, self.words[j - 1].end
        if match := _YEAR_AFTER.match(self.text, end):
            return Year(int(match[1]), start, match.end(), True)
        if end < len(self.text) and self.text[end] in "\"”»」』》'’*_" and (match := _YEAR_AFTER.match(self.text, end + 1)):
            return Year(int(match[1]), start, match.end(), True)
        if match := _YEAR_BESIDE.match(self.text, end):
            return Year(int(match[1]), start, match.end(), False)
        if match := _YEAR_BEFORE.search(self.text[max(0, start - 40) : start]):
            return Year(int(match[1]), start, end, False)
        return None

    def listed(self, j: int, i: int) -> bool:
        """Whether the runs ending before `j` and starting at `i` are neighbours in a list: a comma or `and` between them."""
        if i == j:
            return bool(_COMMA.fullmatch(self.words[i].gap)) if i < len(self.words) else False
        if i != j + 1 or self.key(j) not in _CONJUNCTIONS:
            return False
        return not re.search(r"[.!?\n]", self.words[j].gap + self.words[i].gap)

    def position(self, place: int) -> int:
        """The number of the first word that starts at or after a place in the text."""
        return bisect_left(self._starts, place)

    def lone(self, i: int, j: int) -> bool:
        """Whether the run is the whole message."""
        return i == 0 and j == len(self.words)

    def pronoun(self, i: int, j: int) -> bool:
        """Whether the run is one pronoun or the like."""
        return j == i + 1 and self.key(i) in PRONOUNS
