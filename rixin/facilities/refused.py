from django.utils.functional import Promise

from rixin.refused import FieldsRefused


class FacilityRefused(FieldsRefused):
    """It cannot be entered or changed so. `message` is for the person; `field`: where to mend it, "" for no field."""

    def __init__(self, code: str, message: str | Promise, field: str = "") -> None:
        self.code, self.message, self.field = code, message, field
        super().__init__({field: message})
