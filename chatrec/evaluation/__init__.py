"""Protocols, metrics, peers and reports; imported by the command line alone."""
