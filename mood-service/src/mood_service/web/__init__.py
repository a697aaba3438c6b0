"""The service over HTTP: health, metrics, the model card, and a text to try."""
