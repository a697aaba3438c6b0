package io.metachat.gateway.http;

import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.http.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads each body as a whole before anything else does. Rejects a body that is too large with 413, and one that is not
 * UTF-8 with 400.
 */
public final class RequestBodyFilter extends OncePerRequestFilter {

    private final DataSize maximum;

    public RequestBodyFilter(DataSize maximum) {
        this.maximum = maximum;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maximum.toBytes()) {
            refuse(tooLarge(), HttpStatus.CONTENT_TOO_LARGE, request, response);
            return;
        }
        int bytes = Math.toIntExact(maximum.toBytes());
        byte[] body = request.getInputStream().readNBytes(bytes + 1);
        if (body.length > bytes) {
            refuse(tooLarge(), HttpStatus.CONTENT_TOO_LARGE, request, response);
        } else if (!isUtf8(body)) {
            refuse(notUtf8(), HttpStatus.BAD_REQUEST, request, response);
        } else {
            chain.doFilter(new BufferedRequest(request, body), response);
        }
    }

    private void refuse(Problem problem, HttpStatus status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemResponses.write(problem, status, request, response);
    }

    private Problem tooLarge() {
        return Problem.of(
                "body-too-large",
                ProblemCategory.INVALID,
                "A request body has at most " + maximum.toBytes() + " bytes.");
    }

    private static Problem notUtf8() {
        return Problem.of("body-not-utf8", ProblemCategory.INVALID, "The request body is not UTF-8.");
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** The request with its body in memory. */
    private static final class BufferedRequest extends HttpServletRequestWrapper {

        private final byte[] body;

        BufferedRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return bytes.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("The body is in memory: read it");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
