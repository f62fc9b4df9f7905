"""What a definition of a circle may say: facilities that every dwelling is to have within a walk of so many minutes."""

from typing import Annotated

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Text

METRES_PER_MINUTE = 67
"""How far one walks in a minute where nothing else is said: the planning standard for residential areas (GB 50180-2018)
takes 800 to 1000 m for fifteen minutes, and 1000 m in fifteen minutes is 67 m in one."""


class Circle(Block):
    """Facilities of any of these kinds are to be within a walk from every dwelling, such as 15分钟健康就诊圈."""

    code: Code
    name: Text
    meaning: Text
    """What counts, in plain words."""
    unit: Code
    """The unit that answers for it."""
    kinds: Annotated[list[Code], Field(min_length=1)]
    """Kinds of facility; the nearest open one of any of them counts."""
    minutes: Annotated[int, Field(ge=1, le=120)] = 15
    metres_per_minute: Annotated[int, Field(ge=20, le=150)] = METRES_PER_MINUTE
    """How fast those walk for whom it is meant."""

    def minutes_for(self, metres: int) -> int:
        """Minutes begun: 1005 m are 15 minutes at 67 m a minute, and 1006 m are 16."""
        return -(-metres // self.metres_per_minute)

    @property
    def metres(self) -> int:
        """The longest walk that is still within."""
        return self.minutes * self.metres_per_minute


class CircleFile(Block):
    circles: Annotated[list[Circle], Field(min_length=1)]
