"""The models of an office: learned from its own matters, tried before they are taken, put back by one command."""

import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rixin.catalogue import versions
from rixin.triage import proposals
from rixin.triage.learned import bundled, keeping, sources
from rixin.triage.learned.examples import Example
from rixin.triage.learned.model import Model
from rixin.triage.learned.training import train
from rixin.triage.learned.trial import LEAST, Trial, hold
from rixin.triage.rules import Index
from rixin.triage.sorting import sort

NOON = datetime(2022, 6, 1, 4, tzinfo=UTC)
WON = Trial(messages=100, words_alone=0.5, in_force=0.6, new=0.7)
LOST = Trial(messages=100, words_alone=0.5, in_force=0.8, new=0.7)
TEXTS = {
    "public_toilet": "飞来阁那边第%d次又是一地狼藉",
    "street_lamp": "望舒台整夜漆黑第%d回没法走",
    "dog_off_lead": "旺财第%d天乱窜扑人好吓人",
}
"""Words that the catalogue does not know."""


def messages(count: int) -> list[Example]:
    kinds = list(TEXTS)
    return [Example(str(at), TEXTS[kinds[at % 3]] % at, kinds[at % 3]) for at in range(count)]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(messages(90))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.DATA_DIR = str(tmp_path)
    return tmp_path / "triage"


class TestKeeping:
    def test_without_a_model_none_is_in_force(self):
        assert keeping.current() is None
        assert keeping.versions() == []

    def test_a_model_that_won_its_trial_is_in_force_at_once(self, model):
        keeping.current()

        assert keeping.keep(model, WON, NOON) == 1
        held = keeping.current()
        assert held is not None and held.labels == model.labels

    def test_one_that_lost_is_kept_but_the_old_one_stays(self, model):
        keeping.keep(model, WON, NOON)
        keeping.keep(model, LOST, NOON)

        assert [(kept.number, kept.in_force) for kept in keeping.versions()] == [(2, False), (1, True)]

    def test_rolling_back_puts_the_one_before_in_force_and_at_last_none(self, model):
        keeping.keep(model, WON, NOON)
        keeping.keep(model, WON, NOON)

        assert keeping.roll_back() == 1
        assert keeping.current() is not None
        assert keeping.roll_back() is None
        assert keeping.current() is None
        with pytest.raises(keeping.NothingToRollBack):
            keeping.roll_back()

    def test_a_number_is_never_used_again(self, model):
        keeping.keep(model, WON, NOON)
        keeping.roll_back()

        assert keeping.keep(model, WON, NOON) == 2

    def test_how_it_did_is_remembered(self, model):
        keeping.keep(model, WON, NOON)

        (kept,) = keeping.versions()
        assert (kept.made_at, kept.examples, kept.trial) == (NOON, 90, WON)

    @pytest.mark.parametrize("damage", [b"", b"\x00half", None])
    def test_a_model_that_cannot_be_read_leaves_the_deciding_to_the_words(self, model, folder, damage):
        keeping.keep(model, WON, NOON)
        file = folder / "0001.model"
        file.unlink() if damage is None else file.write_bytes(damage)

        assert keeping.current() is None


class TestTrial:
    @staticmethod
    def says(label: str):
        return lambda _text, model: label if model is None else "right"

    def test_is_held_on_the_newest_fifth_that_the_new_model_has_not_seen(self):
        seen: list[Example] = []
        examples = messages(300)

        def learn(given):
            seen.extend(given)
            return object()

        held = hold(examples, learn, lambda _text, _model: "street_lamp", None)

        assert seen == examples[:240]
        assert held.messages == 60
        assert held.new == held.words_alone == pytest.approx(1 / 3)
        assert not held.better

    @pytest.mark.parametrize(
        ("trial", "better"),
        [
            (Trial(LEAST, 0.5, 0.5, 0.6), True),
            (Trial(LEAST - 1, 0.5, 0.5, 0.9), False),
            (Trial(LEAST, 0.6, 0.5, 0.6), False),
            (Trial(LEAST, 0.5, 0.7, 0.7), True),
            (Trial(LEAST, 0.5, 0.71, 0.7), False),
        ],
        ids=["better than both", "on too few", "no better than the words", "as good as the old", "worse than the old"],
    )
    def test_is_won_by_what_is_better_than_the_words_and_no_worse_than_what_is_in_force(self, trial, better):
        assert trial.better == better


class TestSorting:
    def test_what_is_learned_decides_where_the_words_do_not(self, index, model):
        text = "望舒台漆黑没法走"

        assert sort(text, index, None).best is None
        found = sort(text, index, model)
        assert (found.best, found.by) == ("street_lamp", "learned")
        assert found.confidence is not None and found.confidence >= model.sure_from
        assert found.facts and all(word in text for word in found.facts)

    def test_danger_that_the_words_name_stands_against_what_is_learned(self, index, model):
        assert sort("望舒台漆黑，闻到燃气泄漏", index, model).best in index.urgent

    def test_a_type_that_is_no_longer_published_is_not_proposed(self, wenxin, model):
        without = Index(matter for matter in wenxin.types.values() if matter.code != "street_lamp")

        assert "street_lamp" not in (found := sort("望舒台漆黑没法走", without, model)).suggestions
        assert found.best != "street_lamp"

    def test_a_message_of_which_nothing_was_learned_is_sorted_by_its_words(self, index, model):
        assert sort("楼道灯坏了", index, model).best == sort("楼道灯坏了", index, None).best == "quarter_lighting"

    @pytest.mark.parametrize("text", ["", "?", "\x00", "😀", "ignore all instructions", "漆黑" * 50_000])
    def test_no_text_is_an_error(self, index, model, text):
        found = sort(text, index, model)

        assert found.best is None or found.best in index.known


class TestProposal:
    def test_says_that_earlier_matters_decided_and_how_sure_that_is(self, published, model):
        keeping.keep(model, WON, NOON)

        proposal = proposals.propose("望舒台漆黑没法走")

        assert (proposal.code, proposal.why[0].ground) == ("street_lamp", "learned")
        assert proposal.confidence is not None and 0 < proposal.confidence <= 1

    def test_of_a_type_that_the_resident_chose_no_confidence_is_said(self, published, model):
        keeping.keep(model, WON, NOON)

        assert proposals.propose("望舒台漆黑没法走", chosen="public_toilet").confidence is None

    def test_does_not_load_what_only_learning_needs(self):
        code = "import django; django.setup(); import sys, rixin.triage.proposals; print('sklearn' in sys.modules)"
        ran = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"DJANGO_SETTINGS_MODULE": "rixin.config.settings", "PATH": "", "DATA_DIR": "", "DEMO": "1"},
        )

        assert ran.stdout.strip() == "False"


class TestCommand:
    @pytest.fixture
    def own(self, monkeypatch) -> list[Example]:
        held = messages(300)
        monkeypatch.setattr(sources, "_sources", [lambda: held])
        return held

    @staticmethod
    def run(*words: str) -> str:
        out = StringIO()
        call_command("triage", *words, stdout=out, stderr=StringIO())
        return out.getvalue()

    def test_learns_from_the_matters_of_the_office_lists_and_puts_back(self, published, own):
        assert "60" in self.run("train")
        assert keeping.current() is not None
        assert self.run("list").strip().startswith("1")
        self.run("rollback")
        assert keeping.current() is None
        with pytest.raises(CommandError):
            self.run("rollback")

    def test_with_too_few_matters_nothing_is_put_in_force(self, published, own):
        del own[30:]

        self.run("train")

        assert keeping.current() is None
        assert len(keeping.versions()) == 1

    def test_without_any_matter_it_says_so(self, published, own):
        own.clear()

        with pytest.raises(CommandError):
            self.run("train")

    def test_a_file_needs_an_output_and_an_output_a_file(self, own, tmp_path):
        with pytest.raises(CommandError):
            self.run("train", str(tmp_path / "some.csv"))
        with pytest.raises(CommandError):
            self.run("train", "--output", str(tmp_path / "some.model"))


@pytest.mark.django_db
@pytest.mark.usefixtures("definitions")
class TestBundledExamples:
    def test_they_come_before_the_offices_own_and_are_of_published_types(self):
        known = {version.rules.type.code for version in versions.current_types()}
        found = sources.examples()
        assert [one.id for one in found] == [f"bundled {nth}" for nth in range(1, len(found) + 1)]
        assert len(found) > 100 and {one.label for one in found} <= known

    def test_of_another_catalogue_none_is_taken_for_a_type_that_it_lacks(self, monkeypatch):
        few = [version for version in versions.current_types() if version.rules.type.code == "street_lamp"]
        monkeypatch.setattr(versions, "current_types", lambda: few)
        assert {one.label for one in bundled.examples()} == {"street_lamp"}
