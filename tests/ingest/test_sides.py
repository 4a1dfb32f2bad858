import pytest

from callreview.conversation import Side, SideSource
from callreview.errors import InputError, SidesUnknown, UsageError
from callreview.ingest.people import Person
from callreview.ingest.roster import Roster
from callreview.ingest.sides import Claims, settle, several_unknown

from .helpers import call_of, fixture, sides_of

TWO = "Dana Whitfield: hello\nSam Ortiz: hi\n"
THREE = TWO + "Alex Webb: morning\n"


def refused(text, error=UsageError, **options) -> str:
    with pytest.raises(error) as caught:
        call_of(text, **options)
    return str(caught.value)


def test_options_and_the_others_are_on_the_other_side():
    expected = {
        "Dana Whitfield": ("seller", "option"),
        "Sam Ortiz": ("buyer", "option"),
        "Alex Webb": ("buyer", "option"),
    }
    assert sides_of(call_of(THREE, sellers=("dana",))) == expected
    assert sides_of(call_of(THREE, buyers=("sam", "Alex Webb"))) == expected


def test_somebody_of_whom_nothing_is_told_stays_unknown_where_both_sides_are():
    call = call_of(THREE, sellers=("dana",), buyers=("sam",))
    assert sides_of(call)["Alex Webb"] == ("unknown", "none")
    assert "side unknown, so left out of what sellers and buyers do: Alex Webb" in call.notes


def test_unknown_names():
    assert refused(TWO, sellers=("Dana Witfield",)) == (
        "calls/acme.txt: nobody in this call is called 'Dana Witfield' (--seller); "
        "speakers are Dana Whitfield, Sam Ortiz\n"
        "  help: did you mean 'Dana Whitfield'?"
    )
    assert "did you mean 'Sam Ortiz'?" in refused(TWO, buyers=("Ortis",))
    assert "use a speaker's name, e-mail address, domain or company" in refused(TWO, sellers=("zzz.example",))


def test_ambiguous_and_contradicting_names():
    assert refused(TWO + "Sam Webb: yes\n", sellers=("sam",)) == (
        "calls/acme.txt: --seller sam fits more than one speaker: Sam Ortiz, Sam Webb\n"
        "  help: write more of the name; --seller and --buyer may be given more than once"
    )
    assert refused(TWO, sellers=("dana",), buyers=("Dana Whitfield",)) == (
        "calls/acme.txt: Dana Whitfield is named as seller and as buyer\n"
        "  help: name each speaker once, with --seller or with --buyer"
    )
    assert refused(TWO, InputError, sellers=("dana", "sam")) == (
        "calls/acme.txt: everybody in this call is a seller: Dana Whitfield, Sam Ortiz\n"
        "  help: say who is the buyer: --buyer NAME"
    )


def test_a_company_or_domain_means_all_its_people():
    text = "Dana (Northwind): hello\nAlex (Northwind): hi\nSam (Trestle): yes\n"
    for entry in ("northwind", "northwind.example"):
        assert sides_of(call_of(text, sellers=(entry,))) == {
            "Dana": ("seller", "option"),
            "Alex": ("seller", "option"),
            "Sam": ("buyer", "option"),
        }


def test_colleagues_share_a_side():
    text = "Dana (Northwind): hello\nAlex (Northwind): hi\nSam (Trestle): yes\nKim (Trestle): ok\n"
    assert sides_of(call_of(text, sellers=("dana",))) == {
        "Dana": ("seller", "option"),
        "Alex": ("seller", "company"),
        "Sam": ("buyer", "company"),
        "Kim": ("buyer", "company"),
    }


def test_two_companies_alone_tell_nothing():
    assert "nothing tells who sells" in refused("Dana (Northwind): hi\nSam (Trestle): ho\n", SidesUnknown)


def test_roster_file_given_and_found(tmp_path):
    roster = tmp_path / "team.yaml"
    roster.write_text("sellers: [Dana Whitfield, Nobody Here]\n")
    assert sides_of(call_of(TWO, roster=roster))["Dana Whitfield"] == ("seller", "roster")
    (tmp_path / "callreview.toml").write_text('sellers = ["Ortiz"]\n')
    path = str(tmp_path / "deep" / "call.txt")
    assert sides_of(call_of(TWO, path=path))["Sam Ortiz"] == ("seller", "roster")


def test_options_go_before_the_roster(tmp_path):
    roster = tmp_path / "team.toml"
    roster.write_text('sellers = ["Sam Ortiz"]\n')
    assert sides_of(call_of(THREE, roster=roster, buyers=("sam",))) == {
        "Dana Whitfield": ("seller", "option"),
        "Sam Ortiz": ("buyer", "option"),
        "Alex Webb": ("seller", "option"),
    }


def test_a_roster_entry_that_fits_two_is_left_alone(tmp_path):
    roster = tmp_path / "team.toml"
    roster.write_text('sellers = ["Sam"]\n')
    assert "nothing tells" in refused(TWO + "Sam Webb: yes\n", SidesUnknown, roster=roster)


def test_sellers_bear_the_team_and_manager_of_the_roster(tmp_path):
    roster = tmp_path / "team.toml"
    roster.write_text(
        '[teams.North]\nmembers = ["Dana Whitfield"]\nmanager = "Alex Webb"\n[teams.South]\nmembers = ["Dana", "Alex"]\n'
    )
    call = call_of(THREE, roster=roster, buyers=("sam",))
    assert {s.name: (s.team, s.manager) for s in call.speakers} == {
        "Dana Whitfield": ("North", "Alex Webb"),
        "Sam Ortiz": (None, None),
        "Alex Webb": ("North", None),
    }


@pytest.mark.parametrize("seller", ["AE", "SE", "CSM", "BDR", "SDR", "Rep", "Sales", "Seller", "Sales Rep 1"])
@pytest.mark.parametrize("buyer", ["Buyer", "customer", "Prospect", "Client"])
def test_role_labels(seller, buyer):
    assert sides_of(call_of(f"{seller}: hello\n{buyer}: hi\n")) == {
        seller: ("seller", "label"),
        buyer: ("buyer", "label"),
    }


def test_role_in_brackets_and_names_without_brackets():
    call = call_of(fixture("sides-told.txt"))
    assert sides_of(call) == {"Dana": ("seller", "label"), "Sam": ("buyer", "label")}
    assert call.account == "Trestle Homes"


def test_agent_sells_only_beside_a_customer():
    assert sides_of(call_of("Agent: hello\nCustomer: hi\n"))["Agent"] == ("seller", "label")
    assert "nothing tells" in refused("Agent: hello\nCaller: hi\n", SidesUnknown)


def test_sides_in_a_header():
    assert sides_of(call_of(fixture("header.txt"))) == {
        "Dana Whitfield": ("seller", "label"),
        "Sam": ("buyer", "label"),
    }
    assert sides_of(call_of(fixture("markdown.md"))) == {"Sarah": ("seller", "label"), "Michael": ("buyer", "label")}


def test_nothing_told_gives_the_exact_commands():
    assert refused("Dana Whitfield: hello there\nZoë O'Neill: hi\n", SidesUnknown, path="my calls/a.txt") == (
        "my calls/a.txt: nothing tells who sells and who buys in this call; its speakers are\n"
        "    Dana Whitfield  2 words\n"
        "    Zoë O'Neill     1 word\n"
        "  say who sells with one of\n"
        "    callreview check 'my calls/a.txt' --seller 'Dana Whitfield'\n"
        "    callreview check 'my calls/a.txt' --seller 'Zoë O'\"'\"'Neill'\n"
        '  help: for many calls, write sellers = ["NAME", "your-domain.com"] into a callreview.toml beside them'
    )


def test_inferred_sides_are_marked():
    text = (
        "Jo: hello is that the shop\nMo: yes who is this\n"
        "Jo: its jo calling from swift line the reason for my call is your account with us\nMo: go on\n"
        "Jo: we can offer you the next one up and i'll send you over a quote\nMo: how much is that\n"
    )
    call = call_of(text)
    assert sides_of(call) == {"Jo": ("seller", "inferred"), "Mo": ("buyer", "inferred")}
    assert "sides are inferred from what is said, nothing else tells them: check them, or use --seller" in call.notes


def test_speakers_missing():
    assert refused("Dana: hi\nDana: ho\n", InputError) == (
        "calls/acme.txt: only one speaker is named: Dana\n"
        "  help: a review needs both sides of the call: export the transcript with all speakers"
    )
    assert refused("1\n00:00:01,000 --> 00:00:02,000\nhello\n", InputError) == (
        "calls/acme.txt: no speaker is named in this transcript\n"
        "  help: a review needs to know who says what: export the transcript with speaker names"
    )
    assert "only one speaker is named: Dana" in refused("Dana: hi\nUnknown speaker: ho\n", InputError)


def test_the_export_goes_before_everything():
    people = [
        Person(name="Dana", words=1, told_side=Side.BUYER),
        Person(name="Sam", words=1),
        Person(name="Kim", words=1, told_side=Side.SELLER),
    ]
    claims = Claims(option_sellers=("dana",), roster=Roster(buyers=("Sam",)))
    sides = settle(people, [], claims, path="x")
    assert [(s.side, s.side_from) for s in sides.speakers] == [
        (Side.BUYER, SideSource.EXPORT),
        (Side.BUYER, SideSource.ROSTER),
        (Side.SELLER, SideSource.EXPORT),
    ]
    assert sides.notes == (
        "Dana counts as buyer, as the export says, although --seller says seller; if the export is wrong, "
        "correct 'side' in the file that 'callreview convert' writes, and review that",
    )


def test_what_contradicts_the_transcript_is_told(tmp_path):
    text = "[00:01] Rep: hello\n[00:02] Buyer: hi\n"
    turned = call_of(text, sellers=("buyer",), buyers=("rep",))
    assert sides_of(turned) == {"Rep": ("buyer", "option"), "Buyer": ("seller", "option")}
    assert turned.notes == (
        "Rep counts as buyer, as --buyer says, although the transcript itself says seller",
        "Buyer counts as seller, as --seller says, although the transcript itself says buyer",
    )
    roster = tmp_path / "team.toml"
    roster.write_text('sellers = ["Buyer"]\nbuyers = ["Rep"]\n')
    assert "as the roster says, although the transcript itself says" in call_of(text, roster=roster).notes[0]
    assert call_of(text, sellers=("rep",)).notes == ()
    assert refused(text, InputError, sellers=("buyer",)) == (
        "calls/acme.txt: everybody in this call is a seller: Rep, Buyer\n"
        "    Buyer counts as seller, as --seller says, although the transcript itself says buyer\n"
        "  help: say who is the buyer: --buyer NAME"
    )


def test_long_names_are_shortened_to_what_can_be_typed():
    ids = (
        "0b9c6f0e-7d0a-4c55-9d3a-3b8c2f1e9a77",
        "0b9c6f0e-7d0a-4c55-0000-3b8c2f1e9a77",
        "77aa01b2-7d0a-4c55-9d3a-3b8c2f1e9a77",
    )
    long = "Dana Whitfield-Featherstonehaugh of the Northern Region"
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n<v {name}>hi\n\n" for n, name in enumerate((*ids, long)))
    told = refused("WEBVTT\n\n" + cues, SidesUnknown, path="-a.vtt")
    keys = [line.split("--seller ")[1].strip("'") for line in told.splitlines() if "--seller" in line]
    assert keys == [ids[0][:23], ids[1][:23], ids[2][:12], "Dana"]
    assert "    callreview check ./-a.vtt --seller Dana\n" in told
    for key, name in zip(keys, (*ids, long), strict=True):
        assert sides_of(call_of("WEBVTT\n\n" + cues, sellers=(key,)))[name] == ("seller", "option")


def test_calls_without_sides_are_told_together():
    errors = []
    for path in ("a.txt", "b.txt"):
        with pytest.raises(SidesUnknown) as caught:
            call_of(TWO, path=path)
        errors.append(caught.value)
    assert str(several_unknown(errors)) == (
        "nothing tells who sells and who buys in 2 calls\n"
        "    a.txt: Dana Whitfield, Sam Ortiz\n"
        "    b.txt: Dana Whitfield, Sam Ortiz\n"
        '  help: write sellers = ["NAME", "your-domain.com"] into a callreview.toml beside them; or review one by one, as in\n'
        "    callreview check a.txt --seller 'Dana Whitfield'"
    )
