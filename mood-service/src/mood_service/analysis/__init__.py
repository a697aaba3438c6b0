"""What an entry says about a mood: emotions, valence, arousal, evidence, topics, keywords."""
