"""A state machine, as data: what may happen in which state, for which side, and where it leads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule[State: str, Side: str]:
    """Who may do an act in a state, and the states it may lead to."""

    sides: frozenset[Side]
    targets: frozenset[State]


def rule[State: str, Side: str](sides: set[Side], *targets: State) -> Rule[State, Side]:
    return Rule(frozenset(sides), frozenset(targets))


class Table[State: str, Act: str, Side: str](dict[tuple[State | None, Act], Rule[State, Side]]):
    """The rules by state and act; whatever is not in the table is refused."""

    def allows(self, state: State | None, act: Act, side: Side, target: State) -> bool:
        """Say whether the table has this move."""
        found = self.get((state, act))
        return found is not None and side in found.sides and target in found.targets

    def acts_of(self, side: Side, state: State) -> list[Act]:
        """Return what a side may do in a state, in the order of the table."""
        return [act for (here, act), found in self.items() if here == state and side in found.sides]
