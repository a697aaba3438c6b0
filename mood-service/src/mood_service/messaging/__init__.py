"""Diary events in, analyses out: at least once, in order per diary, nothing lost."""
