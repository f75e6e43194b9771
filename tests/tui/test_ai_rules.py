"""The AI-use policy of `init`: five flags, five questions, one record that the study freezes."""

from __future__ import annotations

import argparse
from typing import get_args, get_type_hints

import pytest

from instruments.tasks.model import AiUsePolicy
from tui import prompts, wizards
from tui.commands import init
from tui.flows.ai_rules import AI_QUESTIONS, ai_use_of
from tui.flows.wishes import Wishes, setup_from


def parsed(*flags: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    init.configure(parser)
    return parser.parse_args(["study", *flags])


def test_the_questions_offer_every_answer_that_the_policy_knows() -> None:
    """One question a field; nothing is offered that the record would refuse."""
    hints = get_type_hints(AiUsePolicy)
    assert [one.field for one in AI_QUESTIONS] == [name for name in hints if name != "schema"]
    for one in AI_QUESTIONS:
        assert {value for value, _ in one.answers} == set(get_args(hints[one.field]))


def test_flags_become_the_policy_of_the_study_and_silence_stays_open() -> None:
    policy = ai_use_of(
        parsed("--ai-tools", "approved", "--ai-customer-data", "never", "--ai-code", "reviewed")
    )
    assert policy == AiUsePolicy(tools="approved", customer_data="never", code="reviewed")
    wishes = Wishes(study="s", organisation="O", headcount=40, holders=("facilitator",), ai_use=policy)
    assert setup_from(wishes, ("0" * 64,)).ai_use == policy
    assert ai_use_of(parsed()) == AiUsePolicy()


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(SystemExit):
        parsed("--ai-tools", "sometimes")


def test_the_wizard_asks_only_what_no_flag_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def answered(question: object) -> str:
        asked.append(question)
        return "never"

    monkeypatch.setattr(prompts.questionary, "select", lambda message, *_, **__: message)
    monkeypatch.setattr(prompts, "answered", answered)
    given = parsed("--ai-tools", "any", "--ai-records", "reviewed")
    policy = wizards._ai_use(given)
    assert asked == [one.question for one in AI_QUESTIONS[1:4]]
    assert (policy.personal_data, policy.customer_data, policy.code) == ("never",) * 3
    assert (policy.tools, policy.records) == ("any", "reviewed")
