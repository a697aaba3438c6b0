package io.metachat.embedded.eventstoredb.internal.rules;

/** What a writer believes about the stream that it writes to. */
public sealed interface ExpectedRevision {

    ExpectedRevision ANY = new Any();
    ExpectedRevision STREAM_EXISTS = new StreamExists();
    ExpectedRevision NO_STREAM = new NoStream();

    static ExpectedRevision exactly(long revision) {
        return new Exactly(revision);
    }

    /** The number that stands for it in trailers. */
    long number();

    record Any() implements ExpectedRevision {
        @Override
        public long number() {
            return -2;
        }
    }

    record StreamExists() implements ExpectedRevision {
        @Override
        public long number() {
            return -4;
        }
    }

    record NoStream() implements ExpectedRevision {
        @Override
        public long number() {
            return -1;
        }
    }

    record Exactly(long revision) implements ExpectedRevision {
        public Exactly {
            if (revision < 0) {
                throw new IllegalArgumentException("a revision is not negative: " + revision);
            }
        }

        @Override
        public long number() {
            return revision;
        }
    }
}
