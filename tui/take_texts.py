"""The sentences of the employee's screens that do not come from a study."""

from __future__ import annotations

from collections.abc import Sequence

from instruments.records import Policy
from tui.cleaning import clean
from tui.flows.places import Place

ONE_MOMENT = "One moment"
LOOKING = "Looking for what you answered before …"
STARTING = "Getting the questions ready …"
WORKING_OUT = "Working out your own result, on this computer only …"
MAKING_UP = "Filling the tables with made-up figures …"
NOT_MADE_UP = "With made-up figures no table could be shown here. Your answers are as they were."
SEALING = "Sealing your answers …"

WELCOME_WAYS = (
    "I take part",
    "I have started before: my personal code",
    "Not now",
    "Read the whole text first",
)
WHOLE_TITLE = "The whole text"
WHOLE_WAYS = ("Back to the first page",)
NOTHING_FOUND = (
    "Nothing unfinished is kept under this code on this computer. If you took part in an earlier round, "
    "choose “I take part”: this round then belongs to the same code."
)

TICKET_TITLE = "Your ticket"
TICKET = (
    "Please type or paste the ticket you were given: five groups of four characters. "
    "It proves that you may take part, and no more: it tells nobody who you are."
)

CODE_TITLE = "Your personal code"
CODE_LABEL = "The six words of your code"
OLD_CODE = "Please type the six words of your personal code, with spaces between them."
CODE_WAYS = ("I have written it down", "Go back")
CODE_YOURS = "These six words are yours alone. Your organisation never learns them."
CODE_USE = (
    "With them you can stop and go on later, see your own result again, take your answers back until this "
    "round closes, and link a later round to this one."
)
CODE_NOTE = "Please write them down, on paper or in a password manager. Nobody can find them again."
REPEAT = "Please type two of the words back, to be sure that your note is right."

HAND_IN_TITLE = "Hand in this task?"
HAND_IN_WAYS = ("Hand it in: it cannot be changed afterwards", "Look at it again")
LEAVE_OUT_TITLE = "Leave this task out?"
LEAVE_OUT = "What you answered in it is deleted, and it does not count. It is not offered again."
LEAVE_OUT_WAYS = ("Leave it out", "Go on with it")
LEAVE_OUT_AT_THE_END = "Leave it out: what you answered in it is deleted"
OFFER_TITLE = "Do you have more time?"
FEEDBACK_TITLE = "What was in the tasks"

SEEN_TITLE = "What my organisation will see"

RESULT_TITLE = "Your own result"
DECIDE = "Only you see this. Your answers are closed now."
RESULT_WAYS = (
    "Hand in: seal my answers",
    "Hand in, and keep no own result",
    "How much help fits, in hours",
    "What my organisation will see",
    "Leave now and decide later",
    "Throw my answers away",
)
TIERS_TITLE = "How much help fits"
TIERS_WAYS = ("Back to your own result",)

DISCARD_TITLE = "Throw your answers away?"
DISCARD = "Nothing of them will be left on this computer, and nothing is handed in."
DISCARD_WAYS = ("Yes, throw them away", "No, keep them")

RECEIPT_TITLE = "Thank you. Your answers are sealed and handed in."
RECEIPT_WAYS = ("Finish", "Ask for help by name", "Practise on a document of your own")
CODE_AGAIN = "Your personal code once more:"
WITH_IT = "With it you can"
NO_OWN = "Your own result was not kept, as you chose."
GONE = "What you answered is no longer on this computer in a form that anybody here can read."
SEALED = "Thank you. Your answers are sealed and handed in."
DISCARDED = "Your answers are thrown away. Nothing was handed in."

HELP_TITLE = "Ask for help by name?"
HELP_GO_ON = "Go on: name and how to be reached"
HELP_NO = "No, finish without asking"
HELP_TICK = "Please tick at least one kind of help first; a number ticks it."
HELP_WHO = "Only this and the kinds of help you ticked are passed on."
HELP_LABELS = ("Your name", "How can you be reached?")
HELP_SENT = "Your request is sealed and handed in. It is read after this round closes."

PRACTICE_TITLE = "Practise on a document of your own"
PRACTICE_GO_ON = "What to do about the rest"
PRACTICE_BACK = "Back"
PRACTICE_NEXT_WAYS = ("Look at the five again", "Done")

BREAK_TITLE = "A good place for a break"
BREAK_WAYS = ("Go on", "Stop here for now")

LEAVE_TITLE = "Leave now?"
LEAVE_WAYS = ("Leave", "Show my personal code", "Stay")
CRASHED = "careload had to stop because of a fault of its own. Every answer up to here is kept."


def welcome_title(policy: Policy) -> str:
    """Return the heading of the first page."""
    return clean(f"{policy.organisation}: before AI tools arrive")


def not_the_words(wrong: Sequence[int]) -> str:
    """Return a kind sentence about words that were typed differently."""
    which = " and ".join(str(number) for number in wrong)
    subject = f"Word {which} reads" if len(wrong) == 1 else f"Words {which} read"
    return f"{subject} differently in your code. Please compare with your note, or look at the code again."


def code_opens(place: Place, *, has_tickets: bool, has_own: bool = True) -> tuple[tuple[str, str], ...]:
    """Return what can be done with the personal code after handing in, and how."""
    again, later = (
        ("the same ticket", "a new ticket and this code") if has_tickets else ("this code", "this code")
    )
    return (
        *((("see your own result again", place.see_again),) if has_own else ()),
        ("withdraw, until this round closes", place.take_back),
        ("then take part again, if you like", f"with {again}"),
        ("take part in a later round", f"with {later}"),
    )
