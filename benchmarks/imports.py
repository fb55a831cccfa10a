"""How fast datasets are imported and how much memory it takes: prints rows a second and the peak in MB for each.

usage: python benchmarks/imports.py [PLACE ...] [--rows 20000000] [--folder TEMPORARY]

Every PLACE is a folder or zip of a dataset, for instance MovieLens 100k. After them comes a generated one of --rows ratings in
the form of the large MovieLens sets (0: none). Each import runs in a process of its own, so that peaks do not mix.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from tqdm import tqdm

from chatrec.history.interactions import FOLDER, Interactions

FILMS, PEOPLE = 60_000, 140_000
_CHUNK = 500_000
_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss counts bytes there, kilobytes elsewhere


def main() -> None:
    """Import every place and the generated set, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", type=Path)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--folder", type=Path, help="where to put what is generated; default: the system's")
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        import_one(*given.one)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        for number, place in enumerate(given.places):
            measure(place, folder / f"catalog-{number}")
        if given.rows:
            generated = folder / "ml-generated"
            generate(generated, given.rows)
            measure(generated, folder / "catalog-generated")


def measure(place: Path, to: Path) -> None:
    """Import one place in a process of its own and print its figures."""
    began = time.perf_counter()
    run = subprocess.run([sys.executable, __file__, "--one", str(place), str(to)], check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    inside, busy, peak, skipped = map(float, run.stdout.split())
    rows = len(Interactions.open(to / FOLDER)) if (to / FOLDER).exists() else 0
    print(
        f"{place.name}: {rows:,} rows in {inside:.1f} s ({rows / inside:,.0f} rows/s), {busy:.1f} s of one core "
        f"({rows / busy:,.0f} rows/s); {seconds:.1f} s with the start; peak {peak:,.0f} MB; {skipped:.0f} left out"
    )


def import_one(place: Path, to: Path) -> None:
    """Import, then print seconds, seconds of the processor, peak megabytes and the number of rows left out."""
    from chatrec.datasets.choosing import Wish, reader_for
    from chatrec.datasets.importing import write_catalog

    began, idle = time.perf_counter(), time.process_time()
    with reader_for(Wish(source=str(place)), Path()) as (name, read):
        done = write_catalog(read, to, dataset=name)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
    print(time.perf_counter() - began, time.process_time() - idle, peak, done.skipped)


def generate(folder: Path, rows: int) -> None:
    """Write movies.csv and ratings.csv: ids, stars and times drawn at random (seed 0), rows by person as published."""
    folder.mkdir()
    with (folder / "movies.csv").open("w", encoding="utf-8") as out:
        out.write("movieId,title,genres\n")
        out.writelines(f'{film},"Film {film}, The ({1920 + film % 100})",Drama|Comedy\n' for film in range(1, FILMS + 1))
    random = np.random.default_rng(0)
    with (folder / "ratings.csv").open("w", encoding="ascii") as out, tqdm(total=rows, unit=" rows", desc="generating") as bar:
        out.write("userId,movieId,rating,timestamp\n")
        for start in range(0, rows, _CHUNK):
            size = min(_CHUNK, rows - start)
            people = (np.arange(start, start + size) * PEOPLE // rows + 1).tolist()
            films = (FILMS * random.random(size) ** 3).astype(int) + 1
            stars = random.integers(1, 11, size) / 2
            times = random.integers(789_652_009, 1_697_164_147, size)
            columns = zip(people, films.tolist(), stars.tolist(), times.tolist(), strict=True)
            out.write("".join(f"{user},{film},{value},{at}\n" for user, film, value, at in columns))
            bar.update(size)


if __name__ == "__main__":
    main()
