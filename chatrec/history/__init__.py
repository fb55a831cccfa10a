"""What people did with items, and the profile it amounts to."""
