"""The analysis of an entry: emotions, valence, arousal, evidence, topics, keywords."""
