"""`python app.py`, and what Hugging Face Spaces runs: the page, with everything set by environment."""

import sys

from chatrec.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve"]))
