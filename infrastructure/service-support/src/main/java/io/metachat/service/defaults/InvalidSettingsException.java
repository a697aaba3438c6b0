package io.metachat.service.defaults;

import java.util.List;

/** The service cannot start because of its settings. The message has one sentence per setting. */
public final class InvalidSettingsException extends RuntimeException {

    InvalidSettingsException(List<String> faults) {
        super(String.join("\n", faults));
    }
}
