"""The mood model: features, heads, and the classifier that reads trained weights."""
