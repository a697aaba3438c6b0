"""Reading plain text: tokens, sentences, language."""
