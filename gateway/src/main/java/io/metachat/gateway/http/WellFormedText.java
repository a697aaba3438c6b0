package io.metachat.gateway.http;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads text, and rejects malformed Unicode: JSON can escape half a surrogate pair, which the messages between services
 * would silently turn into a question mark.
 */
public final class WellFormedText extends StdScalarDeserializer<String> {

    public WellFormedText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(context.constructType(String.class), parser);
        }
        String text = parser.getString();
        if (!isWellFormed(text)) {
            return context.reportInputMismatch(this, "not well-formed Unicode");
        }
        return text;
    }

    static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
