"""What an AI-use policy says about a situation: the key of `withhold`, and the policy in words."""

from __future__ import annotations

from instruments.tasks.model import HANDLINGS, TOPICS, AiUsePolicy, Handling, Topic, Vignette

STRICTEST: Handling = HANDLINGS[-1]

_RULES: dict[str, Handling | None] = {
    "allowed": "as-is",
    "reviewed": "review",
    "de-identified": "de-identified",
    "never": "not",
    "silent": None,
}
_TOOLS = {
    "any": "Any AI tool may be used for work.",
    "approved": "Only AI tools on the organisation's list may be used for work.",
    "none": "No AI tool may be used for work.",
    "silent": "Which AI tools may be used for work: not settled.",
}
_SUBJECTS: dict[Topic, str] = {
    "personal_data": "Data of employees and other persons",
    "customer_data": "Data of customers",
    "code": "Code and formulas that an AI tool wrote",
    "records": "Records such as minutes and reports that an AI tool wrote",
}
_INTO_A_TOOL = {
    "allowed": " may be put into a tool.",
    "de-identified": " may be put into a tool only after names and all else that points to somebody are out.",
    "never": " may not be put into a tool.",
    "silent": ": not settled.",
}
_OUT_OF_A_TOOL = {
    "allowed": " may be used as they are.",
    "reviewed": " may be used after a person has checked them.",
    "never": " may not be used.",
    "silent": ": not settled.",
}
_WORDS: dict[Topic, dict[str, str]] = {
    "personal_data": _INTO_A_TOOL,
    "customer_data": _INTO_A_TOOL,
    "code": _OUT_OF_A_TOOL,
    "records": _OUT_OF_A_TOOL,
}


def key_of(vignette: Vignette, policy: AiUsePolicy) -> Handling | None:
    """Return the one answer that follows from `policy`, or None where it is silent.

    The strictest of all that applies wins: the rule on tools, the rule on each topic concerned, and what
    the content itself asks for. A silent rule leaves the key open, unless another one forbids the use
    anyway.
    """
    found = [_tool_rule(vignette, policy), *(_RULES[rule_on(topic, policy)] for topic in vignette.concerns)]
    known = [rule for rule in found if rule is not None]
    if STRICTEST in known:
        return STRICTEST
    if len(known) < len(found):
        return None
    return max([vignette.least, *known], key=HANDLINGS.index)


def rule_on(topic: Topic, policy: AiUsePolicy) -> str:
    """Return the policy's answer to the question on `topic`, such as ``reviewed`` or ``silent``."""
    match topic:
        case "personal_data":
            return policy.personal_data
        case "customer_data":
            return policy.customer_data
        case "code":
            return policy.code
        case "records":
            return policy.records


def tool_sentence(policy: AiUsePolicy) -> str:
    """Return what the policy says about tools."""
    return _TOOLS[policy.tools]


def topic_sentence(topic: Topic, policy: AiUsePolicy) -> str:
    """Return what the policy says about one topic."""
    return _SUBJECTS[topic] + _WORDS[topic][rule_on(topic, policy)]


def rules_on(vignette: Vignette, policy: AiUsePolicy) -> tuple[str, ...]:
    """Return what the policy says on the vignette's topics, and on tools where that limits its use."""
    topics = tuple(topic_sentence(topic, policy) for topic in vignette.concerns)
    if topics and _tool_rule(vignette, policy) == "as-is":
        return topics
    return (tool_sentence(policy), *topics)


def policy_sentences(policy: AiUsePolicy) -> tuple[str, ...]:
    """Return the whole policy in five sentences, also what it leaves open."""
    return (tool_sentence(policy), *(topic_sentence(topic, policy) for topic in TOPICS))


def _tool_rule(vignette: Vignette, policy: AiUsePolicy) -> Handling | None:
    match policy.tools:
        case "any":
            return "as-is"
        case "approved":
            return "as-is" if vignette.tool == "approved" else STRICTEST
        case "none":
            return STRICTEST
        case "silent":
            return None
