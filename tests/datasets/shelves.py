"""Small made-up datasets in the forms their publishers use, for the tests of the readers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

FLAGS = "|".join("0" * 19)


def old_movielens(folder: Path) -> Path:
    """The form of MovieLens 100k: three films, two people, four ratings; Latin-1."""
    folder.mkdir(parents=True)
    films = [
        f"1|Moon Harbour, The (1995)|01-Jan-1995||http://example.org|{FLAGS[:20]}1{FLAGS[21:]}",
        f"2|Été bleu, L' (1988)|01-Jan-1988|||{FLAGS}",
        f"3|unknown||||1{FLAGS[1:]}",
    ]
    (folder / "u.item").write_bytes("\n".join(films).encode("latin-1") + b"\n")
    (folder / "u.user").write_text("1|24|M|technician|85711\n2|53|F|none|94043\n")
    (folder / "u.data").write_text("2\t1\t5\t881250949\n1\t1\t3\t891717742\n1\t2\t4\t878887116\n2\t3\t1\t880606923\n")
    return folder


def dat_movielens(folder: Path) -> Path:
    """The form of MovieLens 1M: `::` between cells, codes for age and occupation."""
    folder.mkdir(parents=True)
    films = "1::Moon Harbour, The (1995)::Animation|Children's|Sci-Fi\n2::Été bleu, L' (1988)::Drama\n"
    (folder / "movies.dat").write_bytes(films.encode("latin-1"))
    (folder / "users.dat").write_text("1::F::1::10::48067\n2::M::56::16::70072\n")
    (folder / "ratings.dat").write_text("1::1::5::978300760\n1::2::3::978302109\n2::1::4::978301968\n")
    return folder


def csv_movielens(folder: Path) -> Path:
    """The form of MovieLens 20M and later: csv with tags and links."""
    folder.mkdir(parents=True)
    (folder / "movies.csv").write_text(
        'movieId,title,genres\n1,"Moon Harbour, The (1995)",Drama|Sci-Fi\n7,Été bleu (1988),(no genres listed)\n',
        encoding="utf-8",
    )
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0012345,77\n7,0000099,\n")
    (folder / "tags.csv").write_text(
        "userId,movieId,tag,timestamp\n1,1,Sea,1\n2,1,sea ,2\n2,1,In Netflix queue,2\n1,1,lighthouse,3\n1,1,4/5,3\n"
    )
    (folder / "ratings.csv").write_text(
        "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,7,0.5,964981247\n3,1,5.0,964982224\n"
    )
    return folder


def zipped(folder: Path, file: Path, inside: str = "ml-made-up/") -> Path:
    """A folder's files as a zip, in one folder, as publishers do it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for member in sorted(folder.iterdir()):
            out.write(member, inside + member.name)
    return file


def records_of(catalog: Path) -> list[dict[str, object]]:
    """The lines of a catalog's items.jsonl."""
    return [json.loads(line) for line in (catalog / "items.jsonl").read_text(encoding="utf-8").splitlines()]
