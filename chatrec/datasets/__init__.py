"""Public datasets and files of any shape -> a catalog folder with interactions."""
