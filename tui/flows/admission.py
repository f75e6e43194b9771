"""What a respondent shows at the door: the ticket, and the personal code with the key that it gives."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tui.flows.outcomes import TakingError

if TYPE_CHECKING:
    from store.codes import CodeKey
    from store.cost import Cost
    from store.public import PublicStudy


class Admission:
    """Ticket and personal code of one respondent; the code's key is kept in memory only."""

    def __init__(
        self, public: PublicStudy, ticket: str, code: str, cost: Cost | None, chance: random.Random
    ) -> None:
        self.public = public
        self.ticket = ticket if public.policy.tickets else ""
        self.code = code
        self._cost = cost
        self._chance = chance
        self._key: CodeKey | None = None
        self._derived_from = ""

    def give_ticket(self, text: str) -> None:
        """Check and keep a typed ticket; the store's error names a mistyped group."""
        from store import tickets

        self.ticket = tickets.check(text, self.public)

    def make_code(self) -> str:
        """Make a new personal code and keep it in memory."""
        from store import codes

        self.code = codes.new_code()
        return self.code

    def give_code(self, text: str) -> None:
        """Check and keep a typed personal code; the store's error names a wrong word."""
        from store import codes

        self.code = codes.check_code(text)

    def words_to_repeat(self) -> tuple[int, int]:
        """Draw which two words of the personal code are typed back, 1-based and in order."""
        first, second = sorted(self._chance.sample(range(1, len(self.code.split()) + 1), 2))
        return first, second

    def is_word(self, number: int, typed: str) -> bool:
        """Return whether `typed` is word `number` (1-based) of the personal code."""
        return typed.strip().lower() == self.code.split()[number - 1]

    def derive(self) -> None:
        """Derive the code's key; slow on purpose (argon2id), once a code: call it in a thread."""
        from store.codes import CodeKey

        if self._derived_from == self.code:
            return
        code = self.code
        self._key = CodeKey.derive(code, self.public.salt, cost=self._cost_of_trying())
        self._derived_from = code

    def _cost_of_trying(self) -> Cost:
        from tui.flows.codes import cost_for

        return self._cost or cost_for(self.public.policy)

    @property
    def _own_key(self) -> CodeKey:
        if self._key is None or self._derived_from != self.code:
            raise TakingError("The personal code has not been taken in yet.")
        return self._key
