package io.metachat.gateway.http;

import java.beans.PropertyEditorSupport;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * The formats of parameters. Spring's own editor of numbers decodes {@code 0x10} and {@code #10}, also after a converter
 * has rejected them, so another editor takes its place.
 */
@RestControllerAdvice
class ParameterFormats {

    @InitBinder
    void wholeNumbers(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new WholeNumberEditor());
    }

    private static final class WholeNumberEditor extends PropertyEditorSupport {

        @Override
        public void setAsText(String text) {
            setValue(WholeNumbers.parameter(text));
        }
    }
}
