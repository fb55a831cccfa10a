"""chatrec: a conversational recommender; message in, profile, picks and checked reasons out."""

__version__ = "0.1.0"
