package io.metachat.embedded.eventstoredb.internal.rules;

/** The writer's expectation about the stream's revision. */
public sealed interface ExpectedRevision {

    ExpectedRevision ANY = new Any();
    ExpectedRevision STREAM_EXISTS = new StreamExists();
    ExpectedRevision NO_STREAM = new NoStream();

    static ExpectedRevision exactly(long revision) {
        return new Exactly(revision);
    }

    /** Returns the number that represents it in trailers. */
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
                throw new IllegalArgumentException("a revision must not be negative: " + revision);
            }
        }

        @Override
        public long number() {
            return revision;
        }
    }
}
