"""The command line: arguments in, text or JSON out; exit 0, or 2 with one clear line for a mistake that can be mended."""

from chatrec.cli.root import app, main

__all__ = ["app", "main"]
