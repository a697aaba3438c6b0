package io.metachat.domain;

/** An intention to change one aggregate. Commands check their own fields when they are made. */
public interface Command {

    /** The identifier, and so the stream, of the aggregate that decides. */
    String target();
}
