"""MetaChat's mood service: diary entries in, moods out."""
