from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.places.mapfile import LARGEST_FILE

WHATS = [
    ("areas", gettext_lazy("Areas with their boundaries (GeoJSON)")),
    ("addresses", gettext_lazy("Quarters, buildings, doors, facilities (XLSX or CSV)")),
]
SYSTEMS = [
    ("wgs84", gettext_lazy("WGS-84 or CGCS2000 (GPS, surveys, Tianditu)")),
    ("gcj02", gettext_lazy("GCJ-02 (Amap, Tencent, WeChat)")),
    ("bd09", gettext_lazy("BD-09 (Baidu)")),
]


class ImportForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("What is in the file"), choices=WHATS, widget=forms.RadioSelect, initial="addresses"
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("It is checked first. Nothing is written before you have seen the preview."),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,.xlsx,.csv"}),
    )
    crs = forms.ChoiceField(
        label=gettext_lazy("Coordinate system"),
        choices=SYSTEMS,
        initial="wgs84",
        help_text=gettext_lazy("A wrong one moves everything by some 500 metres; the preview notices that."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(mb)d MB. Split it, for example by community.") % {"mb": 20}
            )
        return file
