"""Where a facility lies, in few words."""

from rixin.places import gazetteer


def community(area_path: str) -> str:
    """The community in which it lies; the area itself where that is larger."""
    atlas = gazetteer.current()
    area = atlas.area(area_path)
    chain = atlas.chain_of(area.code) if area else None
    inside = next((one.name for one in chain.areas if one.level == "community"), "") if chain else ""
    return inside or atlas.label(area_path)
