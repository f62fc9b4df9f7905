"""Areas and posts in words, as far as units know them: the names of grids belong to rixin.places."""

from django.utils.translation import gettext as _

from rixin.people import units


def area_in_words(area_path: str) -> str:
    """ "德加社区居委会 · 网格 01"; the path itself where no unit answers for it.

    >>> area_in_words("")
    '不限'
    """
    if not area_path:
        return _("Everywhere")
    codes = [code for code in area_path.split("/") if code]
    if len(codes) == 1:
        own = {unit.area_path for unit in units.all_open()}
        return _("The whole sub-district") if area_path in own else _("Sub-district %(code)s") % {"code": codes[0]}
    committee = units.community_of(area_path)
    first = committee.name if committee else _("Community %(code)s") % {"code": codes[1]}
    parts = [first]
    if len(codes) > 2:
        parts.append(_("grid %(code)s") % {"code": codes[2]})
    if len(codes) > 3:
        parts.append(_("micro-grid %(code)s") % {"code": codes[3]})
    return " · ".join(parts)
