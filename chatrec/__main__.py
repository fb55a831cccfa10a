"""`python -m chatrec`: the same as the `chatrec` command."""

import sys

from chatrec.cli import main

if __name__ == "__main__":
    sys.exit(main())
