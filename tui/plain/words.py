"""The sentences that only plain lines say."""

from __future__ import annotations

HELLO = (
    "Plain lines: each prompt takes one line and Enter. The words help and quit work at every prompt; quit "
    "keeps everything you answered."
)
HOW_TO = (
    "Type your answer and Enter. Type back for the question before, skip to pass over one, why for what it "
    "asks and who sees it, help for all words."
)
QUIT = "quit: leave, with everything kept"
CODE = "code: read your personal code"
AGAIN = "again: read this once more, with all choices"
PAGE_HELP = ("a number: choose that line", AGAIN, CODE, QUIT)
ENTER = "Press Enter to go on."
ENTRY_HELP = ("back: give up typing here", QUIT)
QUESTION_HELP = (
    "back: the question before",
    "skip: pass over this question",
    "why: what this asks and who sees the answer",
    AGAIN,
    CODE,
    QUIT,
)
TASK_HELP = (
    "text: read the task's text again",
    "find and a word, such as find gate: read the paragraphs that have it",
)
LEAVE_OUT_HELP = "leave out: take this added task out again"
LEAVING_OUT = "You added this task. Until it is handed in, “leave out” takes it out again."
EDIT_HELP = (
    "show: read your text, its paragraphs numbered",
    "add: type more at the end",
    "change 2: some words of paragraph 2, for others or none",
    "replace 2: type another paragraph 2",
    "insert 2: type a paragraph before paragraph 2",
    "delete 2: take paragraph 2 out",
    "done: go on",
)
EDIT_PROMPT = "Your text: show, add, change 2, replace 2, insert 2, delete 2, or done."
CHANGE_OLD = "Type the words of paragraph {} that change; an empty line changes nothing."
CHANGE_NEW = "Type what stands there instead; an empty line takes them out."
NO_WORDS = "Those words do not stand in paragraph {}."
TYPE_PROMPT = "Type your text, as many lines as you like; done, alone on a line, ends it."
MORE_PROMPT = "Kept. Next line, or done."
REPLACE_PROMPT = "Type the new paragraph {}; an empty line changes nothing."
INSERT_PROMPT = "Type the paragraph that comes before paragraph {}; an empty line changes nothing."
NO_PARAGRAPH = "There is no paragraph {}. Show reads them with their numbers."
KEPT = "Kept"
NOTHING_TYPED = "Nothing is typed yet. Type something first, or skip."
NOT_AN_EDIT = "That is not one of the words here. Type add to type text, done to go on, or help."
FIRST = "This is the first question."
FIRST_OPEN = "What comes before is handed in, or there is nothing before."
NOT_HERE = "That does not work here. Type help for what does."
WHICH_WORD = "Type find and a word, such as: find gate"
NOTHING_TO_LEAVE_OUT = "Only a task that you added can be left out."
CUT = (
    "That line was as long as a terminal passes on, so its end may be missing. Please read it with show, and "
    "type long paragraphs in two."
)
TOO_LONG = "That line is too long; at most {:,} characters fit. Nothing of it was taken."
CHANGE_PROMPT = "Type the number of an answer to change it, or back."
SEEN_BACK = "Back"
WINDOW = (
    "What you typed, and your personal code, stand above in this window. Close the window when you have "
    "written the code down."
)
STANDS_ABOVE = "What you typed stands above in this window: please close it."
REVIEW_RESULT = "Go on to your own result; your answers are closed then"
REVIEW_LIST = "Read your answers, and change one"
REVIEW_TASKS = "Read again what was in the tasks"
REVIEW_SEEN = "See what your organisation will see"
