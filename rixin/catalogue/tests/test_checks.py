"""What a definition may not say, because a matter could get stuck by it. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import LIFECYCLE, Files, files

__all__ = ["files"]


def line(text: str) -> int:
    """Line of the one place in the small lifecycle that holds `text`."""
    found = [nth for nth, each in enumerate(LIFECYCLE.splitlines(), 1) if text in each]
    assert len(found) == 1, found
    return found[0]


CLOSED = "    closed: {name: {zh: 办结, en: Closed}"
REWORK = "      to: reported\n      roles: [verifier]\n"
TELLS = "      tells_resident: true\n"
STOPS = "      clocks: {stop: [all]}\n"
LOST = "    lost: {name: {zh: 丢, en: Lost}, plain: {zh: 丢, en: Lost}, owner: leader}\n"
ASKED = "    asked: {name: {zh: 待补, en: Asked}, plain: {zh: 待补, en: Asked}, owner: resident, phase: suspended}\n"


def to(state: str, *, roles: str = "handler", start: str = "reported", more: str = "") -> str:
    """One more action, leading from `start` to `state`."""
    return (
        f"    go_{state}_{start}:\n      name: {{zh: 去, en: Go}}\n      from: [{start}]\n      to: {state}\n"
        f"      roles: [{roles}]\n{more}"
    )


def with_action(files: Files, text: str) -> Files:
    return files.change("small.yaml", "  reasons: {}\n", f"{text}  reasons: {{}}\n")


def with_state(files: Files, text: str) -> Files:
    return files.change("small.yaml", CLOSED, text + CLOSED)


def test_the_small_lifecycle_itself_is_fine(files):
    assert files.faults() == []


def test_a_main_clock_that_is_none(files):
    files.change("small.yaml", "  begins: {start: [handle]}\n", "  main_clock: fly\n  begins: {start: [handle]}\n")

    assert any("there is no clock “fly”" in fault for fault in files.faults())


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("kind: text, must: {zh: 规, en: Rule}", "only a field of kind “yes_no” that is required has “must”"),
        ("kind: yes_no, required: false, must: {zh: 规, en: Rule}", "only a field of kind “yes_no” that is required"),
        ("kind: date, suggests: visit", "only a field of kind “text” has “suggests”"),
        ("kind: date, not_reporter: {zh: 规, en: Rule}", "only a field of kind “text” has “not_reporter”"),
    ],
)
def test_a_rule_on_a_field_that_cannot_have_it(files, field, reason):
    more = f"      asks: [{{name: x, label: {{zh: 甲, en: X}}, {field}}}]\n"
    with_action(files, to("handled", more=more + TELLS))

    assert any(reason in fault for fault in files.faults())


class TestGettingStuck:
    def test_a_state_to_which_nothing_leads(self, files):
        with_action(with_state(files, LOST), to("closed", start="lost", roles="leader", more=TELLS + STOPS))

        assert files.faults() == [
            f"small.yaml:{line(CLOSED)}: nothing leads to state “lost”: add an action to it, or remove it"
        ]

    def test_a_dead_end(self, files):
        with_action(with_state(files, LOST), to("lost"))

        assert (
            f"small.yaml:{line(CLOSED)}: nothing leads out of state “lost”: "
            "add an action from it, or give it “phase: closed”"
        ) in files.faults()

    def test_a_circle_without_a_way_to_the_end(self, files):
        with_action(with_state(files, LOST), to("lost") + to("lost2", start="lost", roles="leader"))
        with_state(files, LOST.replace("lost", "lost2"))
        with_action(files, to("lost", start="lost2", roles="leader"))

        assert [fault.split(": ", 1)[1][:44] for fault in files.faults()] == [
            "a matter can get stuck in state “lost”: no w",
            "a matter can get stuck in state “lost2”: no ",
        ]

    def test_a_way_out_that_only_the_resident_can_take(self, files):
        with_action(with_state(files, ASKED), to("asked", more=TELLS) + to("back", start="asked", roles="resident"))

        assert files.faults() == [
            f"small.yaml:{line(CLOSED)}: a matter can get stuck in state “asked”: no way to a closed state that staff "
            "may always take (a resident may not come back; limits, dates and requests can be used up)"
        ]

    def test_a_way_out_that_is_used_up(self, files):
        files.change("small.yaml", "      needs: [answered]\n", "      needs: [answered]\n      at_most: 1\n")

        assert any("a matter can get stuck in state “handled”" in fault for fault in files.faults())

    def test_a_way_out_that_needs_what_nobody_has_to_have_done(self, files):
        skips = to("handled", more="      clocks: {pause: [handle]}\n").replace("go_handled", "skip")
        with_action(files, skips).change("small.yaml", REWORK, f"{REWORK}      until: {{rework: 1}}\n")

        assert any(
            "a matter can come to state “handled” without “answered”, which the way out needs: it would be stuck"
            in fault
            for fault in files.faults()
        )

    def test_nothing_that_could_ever_end(self, files):
        files.change("small.yaml", ", phase: closed, outcome: solved}", "}")

        assert any("no state has “phase: closed”: nothing could ever end" in fault for fault in files.faults())

    def test_a_state_whose_owner_can_do_nothing(self, files):
        files.change("small.yaml", "owner: verifier}", "owner: leader}")

        assert files.faults() == [
            f"small.yaml:{line('    handled: {name')}: state “handled” is owned by the leader, who has no action in it"
        ]

    def test_a_state_whose_owner_only_looks_on(self, files):
        files.change("small.yaml", "owner: verifier}", "owner: auditor}")

        assert files.faults() == [
            f"small.yaml:{line('    handled: {name')}: "
            "state “handled” is owned by the auditor, who takes no action on matters"
        ]

    def test_an_action_that_no_role_can_take(self, files):
        with_action(files, to("closed", roles="auditor, system", more=TELLS + STOPS))

        assert files.faults() == [
            f"small.yaml:{line('  reasons: {}') + 4}: "
            "nobody can ever do this: auditor, system take no action on matters"
        ]

    def test_an_action_that_waits_for_a_fact_that_nothing_sets(self, files):
        with_action(files, to("closed", more=TELLS + STOPS + "      needs: [supervised]\n"))

        assert any("nobody can ever do this: no action sets “supervised”" in fault for fault in files.faults())

    def test_an_action_that_waits_for_more_than_is_possible(self, files):
        files.change("small.yaml", "      opens: extension\n", "      opens: extension\n      at_most: 1\n")
        with_action(files, to("closed", more=TELLS + STOPS + "      after: {ask_extension: 2}\n"))

        assert any("“ask_extension” is possible 1 time(s), not 2" in fault for fault in files.faults())


class TestClocks:
    def test_one_that_nothing_stops(self, files):
        files.change("small.yaml", "      clocks: {stop: [all]}\n", "")

        assert files.faults() == [
            "small.yaml:12: nothing stops the clock “handle”",
            f"small.yaml:{line('    close:')}: "
            "it leads to the closed state “closed” while the clock “handle” may still run: stop it",
        ]

    def test_one_that_nothing_starts(self, files):
        files.change("small.yaml", "  begins: {start: [handle]}\n", "")

        assert files.faults() == ["small.yaml:11: nothing starts the clock “handle”"]

    def test_one_that_still_runs_when_the_matter_is_closed(self, files):
        with_action(files, to("closed", more=TELLS))

        assert files.faults() == [
            f"small.yaml:{line('  reasons: {}')}: "
            "it leads to the closed state “closed” while the clock “handle” may still run: stop it"
        ]

    def test_one_that_is_started_while_it_runs_and_so_loses_its_date(self, files):
        files.change("small.yaml", "{resume: [handle]}", "{start: [handle]}")

        assert any("the clock “handle” is paused, but nothing resumes it" in fault for fault in files.faults())
        assert any("the clock “handle” may run already and would lose its date" in fault for fault in files.faults())

    def test_one_that_is_extended_by_nobody_knows_how_much(self, files):
        files.change("small.yaml", "      extension: {amount: 5, unit: working_days}\n", "")

        assert files.faults() == [
            "small.yaml:12: the clock “handle” can be extended, but no “extension” says by how much"
        ]

    def test_a_warning_before_the_start(self, files):
        rule = "      rule: {zh: 规定, en: Rule}\n"
        files.change("small.yaml", rule, f"{rule}      warn_before: {{amount: 9, unit: working_days}}\n")

        assert files.faults() == ["small.yaml:17: the warning would come before the clock has started"]


class TestRequestsAndHands:
    def test_a_request_that_nobody_can_refuse(self, files):
        files.change("small.yaml", "      decides: extension\n  reasons", "  reasons")

        assert files.faults() == [
            f"small.yaml:{line('      opens: extension')}: the request “extension” needs an action that refuses it"
        ]

    def test_a_request_that_cannot_be_granted_where_it_is_asked(self, files):
        files.change("small.yaml", "en: Grant}\n      from: [reported]", "en: Grant}\n      from: [handled]")

        assert files.faults() == [
            f"small.yaml:{line('      opens: extension')}: "
            "the request “extension” can be asked in “reported”, where no action grants it"
        ]

    def test_a_request_that_whoever_asks_could_grant_alone(self, files):
        granting = "      not_by: [ask_extension]\n      decides: extension\n      grants: true"
        files.change("small.yaml", granting, "      decides: extension\n      grants: true")

        assert files.faults() == [
            f"small.yaml:{line('    grant_extension:')}: whoever asks for “extension” could decide it alone: "
            "name “ask_extension” in “not_by”"
        ]

    def test_a_decision_that_nobody_asked_for(self, files):
        files.change("small.yaml", "      opens: extension\n", "")

        assert any("no action opens the request “extension”" in fault for fault in files.faults())

    def test_a_handler_who_could_verify_the_own_work(self, files):
        files.change("small.yaml", "      not_by: [handle]\n", "")

        assert files.faults() == [
            f"small.yaml:{line('    close:')}: whoever handled it could verify it alone: name “handle” in “not_by”"
        ]


class TestTellingTheResident:
    def test_a_matter_that_ends_in_silence(self, files):
        files.change("small.yaml", TELLS, "")

        assert files.faults() == [
            f"small.yaml:{line('    close:')}: the matter ends and the resident does not hear of it: "
            "add “tells_resident: true”"
        ]

    def test_a_question_of_which_the_resident_does_not_hear(self, files):
        ways = to("asked") + to("back", start="asked", roles="resident") + to("reported", start="asked")
        with_action(with_state(files, ASKED.replace("owner: resident", "owner: handler")), ways)

        assert files.faults() == [
            f"small.yaml:{line('  reasons: {}') + 1}: it leads to “asked”, where the resident may act, "
            "without telling: add “tells_resident: true”"
        ]

    def test_an_answer_that_nobody_can_read(self, files):
        files.change("small.yaml", "kind: long_text, public: true}", "kind: long_text}")

        assert files.faults() == [
            f"small.yaml:{line('sets: [handled, answered]')}: "
            "it counts as answered, but asks for no public field “answer”"
        ]


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("old", "new", "where", "reason"),
        [
            ("  start: reported", "  start: began", "  start: reported", "there is no state “began”"),
            ("      to: closed", "      to: gone", "      to: closed", "there is no state “gone”"),
            ("{stop: [all]}", "{stop: [wait]}", "{stop: [all]}", "there is no clock “wait”"),
            ("not_by: [handle]", "not_by: [mend]", "not_by: [handle]", "there is no action “mend”"),
            ("keeps: [answer]", "keeps: [rating]", "keeps: [answer]", "there is no field “rating” under “asks”"),
            (
                "kind: long_text, public: true}",
                "kind: reason, reasons: why, public: true}",
                "kind: long_text, public: true}",
                "there is no list of reasons “why” in the lifecycle “small”",
            ),
            (
                "kind: long_text, public: true}",
                "kind: choice, public: true}",
                "kind: long_text, public: true}",
                "“answer” is a choice without options",
            ),
        ],
    )
    def test_a_name_that_is_none_is_told_at_its_line(self, files, old, new, where, reason):
        files.change("small.yaml", old, new)

        assert f"small.yaml:{line(where)}: {reason}" in files.faults()

    def test_a_name_with_a_meaning_of_its_own(self, files):
        with_state(files, LOST.replace("lost:", "back:"))

        assert files.faults() == [f"small.yaml:{line(CLOSED)}: “back” has a meaning of its own: choose another code"]

    def test_an_action_that_needs_a_field_it_does_not_ask_for(self, files):
        with_action(files, to("closed", more=TELLS + STOPS + "      moves_to: field\n"))

        assert any("this needs a field of kind “unit” under “asks”" in fault for fault in files.faults())


class TestMatterTypes:
    @pytest.mark.parametrize(
        ("added", "at", "reason"),
        [
            (
                "    limits: {wait: {amount: 1, unit: hours}}\n",
                13,
                "the lifecycle “small” has no clock “wait” (it has handle)",
            ),
            (
                "    confidential: true\n    open_to: [verifier]\n",
                13,
                "a confidential type cannot be public: set “public: false”",
            ),
            (
                "    confidential: true\n    public: false\n",
                13,
                "the lifecycle waits for the verifier, who may not see this confidential type: "
                "add verifier to “open_to”",
            ),
            (
                "    small: true\n    channels: [desk]\n",
                13,
                "a grid worker may settle it, but “channels” does not name grid",
            ),
            (
                "    answers: [{code: a, name: {zh: 答, en: A}, text: '{street}已办'}]\n",
                13,
                "nothing fills in {street}: use one of {date}, {place}, {title}, {unit}",
            ),
        ],
    )
    def test_a_contradiction_is_told_at_its_line(self, files, added, at, reason):
        files.add("matters.yaml", added)

        assert files.faults() == [f"matters.yaml:{at}: {reason}"]

    def test_an_unknown_lifecycle(self, files):
        files.change("matters.yaml", "lifecycle: small", "lifecycle: large")

        assert files.faults() == ["matters.yaml:12: there is no lifecycle “large”"]

    def test_a_number_of_another_class(self, files):
        files.change("matters.yaml", "national: E0101", "national: C0101")

        assert files.faults() == ["matters.yaml:8: the number C0101 does not begin with that of its class, E01"]


class TestFiles:
    """What staff lay with a matter for each other never asks or reaches a resident."""

    FILES = "        - {name: files, label: {zh: 附件, en: Files}, kind: files, required: false}\n"
    ANSWER = "        - {name: answer, label: {zh: 答复, en: Answer}, kind: long_text, public: true}\n"

    def test_staff_may_be_asked_for_files(self, files):
        files.change("small.yaml", self.ANSWER, self.ANSWER + self.FILES)

        assert files.faults() == []

    @pytest.mark.parametrize("wrong", ["required: false, public: true}", None])
    def test_neither_may_residents_see_them_nor_be_asked_for_them(self, files, wrong):
        field = self.FILES.replace("required: false}", wrong) if wrong else self.FILES
        files.change("small.yaml", self.ANSWER, self.ANSWER + field)
        if wrong is None:
            files.change(
                "small.yaml",
                "      to: handled\n      roles: [handler]",
                "      to: handled\n      roles: [handler, resident]",
            )

        assert any("files are of staff for staff" in fault for fault in files.faults())


class TestWorkingTime:
    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            (
                'start: "13:30"',
                'start: "11:30"',
                "working_time.yaml:4: 11:30 to 17:30 does not lie after the hours before it",
            ),
            ('end: "17:30"', 'end: "25:30"', "working_time.yaml:4: 13:30 to 25:30 is no span of a day"),
        ],
    )
    def test_hours_that_are_none(self, files, old, new, fault):
        files.change("working_time.yaml", old, new)

        assert files.faults() == [fault]

    def test_a_year_beyond_the_built_in_ones_has_to_be_added_as_a_whole(self, files):
        files.add("working_time.yaml", "  days: [{day: 2031-01-01, works: false, name: {zh: 元旦, en: New Year}}]\n")

        assert files.faults() == [
            "working_time.yaml:5: the holidays of 2031 are not built in: list all of them and add 2031 to “years_added”"
        ]

    def test_an_added_year_without_a_single_holiday(self, files):
        files.add("working_time.yaml", "  years_added: [2031]\n")

        assert files.faults() == [
            "working_time.yaml:5: “days” has no special day of 2031: list the holidays and make-up days of the notice"
        ]
