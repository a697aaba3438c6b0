"""`python -m mood_service`."""

import os
import sys

from mood_service.logs import configure_logging
from mood_service.settings import Settings, SettingsError


def main() -> int:
    """Check the settings, then start."""
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as problem:
        print(f"mood-service: {problem}", file=sys.stderr)
        return 2
    configure_logging(settings.log_level)
    from mood_service.application import MoodService  # heavy: only once the settings are right

    return MoodService(settings).run()


if __name__ == "__main__":
    sys.exit(main())
