package io.metachat.domain.diary;

/** How many words a text has: runs of characters between white space that hold a letter or a digit. */
public final class WordCount {

    private WordCount() {}

    public static int of(String text) {
        int words = 0;
        boolean counted = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                counted = false;
            } else if (!counted && Character.isLetterOrDigit(c)) {
                counted = true;
                words++;
            }
            i += Character.charCount(c);
        }
        return words;
    }
}
