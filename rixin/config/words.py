"""What scripts say on a page, in the reader's language. frontend/src/words.ts reads it by these names."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Name -> text; {placeholders} are filled in by the script."""
    return {
        "close": _("Close"),
        "photos_add": _("Add photos"),
        "photos_working": _("Making the photos smaller …"),
        "photos_count": _("{n} of at most {most} photos"),
        "photos_too_many": _("At most {most} photos fit. The others were left out."),
        "photos_unreadable": _("“{name}” is not a photo that this browser can read. The others are kept."),
        "photo_nth": _("Photo {n}"),
        "photo_remove": _("Remove photo {n}"),
        "files_add": _("Add files"),
        "files_count": _("{n} of at most {most} files"),
        "files_too_many": _("At most {most} files fit. The others were left out."),
        "file_remove": _("Remove “{name}”"),
        "locate_working": _("Looking for your position …"),
        "locate_done": _("Position found, to within {metres} metres. Move the pin if it is not right."),
        "locate_denied": _("The browser may not tell your position. Put the pin yourself, or describe the place."),
        "locate_unavailable": _("Your position was not found. Put the pin yourself, or describe the place."),
        "map": _("Map"),
        "map_zoom_in": _("Closer"),
        "map_zoom_out": _("Further away"),
        "map_two_fingers": _("Use two fingers to move the map"),
        "map_pin": _("Pin"),
        "map_pin_help": _("Pin: drag it, or move it with the arrow keys"),
        "map_pick": _("Press on the map where it is."),
        "map_picked": _("The pin can be moved."),
        "map_pins": _("{n} on the map"),
        "map_no_pins": _("Nothing to show on the map"),
        "map_incomplete": _("A part of the map could not be loaded. Reload the page to try again."),
        "map_without": _("This browser cannot draw the map. The list shows the same."),
        "map_without_pick": _(
            "This browser cannot draw the map. Use the position of your phone, or describe the place."
        ),
    }
