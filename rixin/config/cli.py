"""The `rixin` command: every sub-command is a Django management command of the part it belongs to."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rixin.config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    try:
        # Read here, since Django would go on without settings and fail later, and elsewhere.
        settings.INSTALLED_APPS  # noqa: B018
    except ImproperlyConfigured as wrong:
        sys.exit(f"Rixin cannot start: {wrong} All settings: docs/operations/settings.md")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
