from pathlib import Path

import pytest

from callreview.errors import UsageError
from callreview.ingest.roster import Team, find_roster, read_roster

from .helpers import call_of, sides_of


def written(tmp_path, text, name="callreview.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path) -> str:
    with pytest.raises(UsageError) as caught:
        read_roster(path)
    return str(caught.value).replace(str(path), "ROSTER")


def test_toml_and_yaml(tmp_path):
    toml = read_roster(written(tmp_path, 'sellers = ["Dana", "northwind.example"]\nbuyers = "Sam"\n[other]\nkey = 1\n'))
    yaml = read_roster(written(tmp_path, "sellers: [Dana, northwind.example]\nbuyers: Sam\n", "team.yaml"))
    assert toml.sellers == yaml.sellers == ("Dana", "northwind.example")
    assert toml.buyers == yaml.buyers == ("Sam",)


def test_yaml_words_stay_words(tmp_path):
    assert read_roster(written(tmp_path, "sellers: [No, 007]\n", "team.yml")).sellers == ("No", "007")


WHOLE = """
sellers = ["Dana"]
file_name = "{date}_{account}"

[teams.North]
members = ["Dana", "lee@northwind.example"]
manager = "Alex Webb"

[teams."Far South"]
members = "Kim"

[csv]
speaker = "Who"
call = "Ticket"
"""


def test_teams_columns_and_file_names(tmp_path):
    roster = read_roster(written(tmp_path, WHOLE))
    assert roster.teams == (
        Team(name="North", members=("Dana", "lee@northwind.example"), manager="Alex Webb"),
        Team(name="Far South", members=("Kim",)),
    )
    assert roster.all_sellers == ("Dana", "Dana", "lee@northwind.example", "Alex Webb", "Kim")
    assert roster.columns == {"speaker": "Who", "call": "Ticket"}
    assert roster.file_name.fullmatch("2026-09-14_Oak")["account"] == "Oak"
    yaml = "teams:\n  North:\n    members: [Dana]\n    manager: Alex\ncsv:\n  text: Said\n"
    roster = read_roster(written(tmp_path, yaml, "team.yaml"))
    assert roster.teams == (Team(name="North", members=("Dana",), manager="Alex"),)
    assert roster.columns == {"text": "Said"}


def test_members_of_teams_sell(tmp_path):
    roster = written(tmp_path, '[teams.North]\nmembers = ["Dana"]\n', "team.toml")
    call = call_of("Dana: hi\nSam: ho\n", roster=roster)
    assert sides_of(call) == {"Dana": ("seller", "roster"), "Sam": ("buyer", "roster")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("manager", "manger"), ":7: unknown key 'manger' in the roster\n  help: did you mean 'manager'?"),
        (('manager = "Alex Webb"', "manager = 3"), ":7: 'manager' in the roster is no text"),
        (('members = "Kim"', "members = [1]"), ":10: 'members' in the roster is no list of names"),
        (('speaker = "Who"', 'speeker = "Who"'), ":13: unknown key 'speeker' in the roster\n  help: did you mean 'speaker'?"),
        (('call = "Ticket"', 'zzz = "Ticket"'), ":14: unknown key 'zzz' in the roster\n  help: known keys: call, speaker"),
        (("{account}", "{acount}"), ":3: unknown field {acount} in the pattern of file names\n  help: fields are {date}, "),
        (("[csv]", "[cvs]"), ":12: unknown key 'cvs' in the roster\n  help: did you mean 'csv'?"),
        (('sellers = ["Dana"]', "csv = 3"), ":2: 'csv' in the roster is no table"),
    ],
)  # fmt: skip
def test_mistakes_in_tables(tmp_path, change, message):
    text = WHOLE.replace(*change)
    text = text if "csv = 3" not in text else text.partition("[csv]")[0]
    assert refused(written(tmp_path, text)).startswith(f"ROSTER{message}")


def test_found_upwards(tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    outer = written(tmp_path, "sellers = []\n")
    assert find_roster(deep) == outer
    inner = written(tmp_path / "a", "sellers = []\n")
    assert find_roster(deep) == inner


def test_errors(tmp_path):
    assert refused(written(tmp_path, "sellers = [Dana]\n")) == (
        'ROSTER:1:12: the roster is no TOML: Invalid value\n  help: write sellers = ["Dana Whitfield"]'
    )
    assert refused(written(tmp_path, "\nseller = ['Dana']\n")) == (
        "ROSTER:2: unknown key 'seller' in the roster\n  help: did you mean 'sellers'?"
    )
    assert "'buyers' in the roster is no list of names" in refused(written(tmp_path, "buyers = [1]\n"))
    assert refused(written(tmp_path, "sellers: [Dana\n", "a.yaml")).startswith(
        "ROSTER:2:1: the roster is no YAML: expected"
    )
    assert "holds the keys 'sellers' and 'buyers'" in refused(written(tmp_path, "- Dana\n", "b.yaml"))
    assert refused(tmp_path / "gone.toml") == (
        "ROSTER: there is no such roster file\n"
        '  help: a roster is a TOML file that says sellers = ["Dana Whitfield", "your-domain.com"], or the same as YAML'
    )
    assert "did you mean" in refused(tmp_path / "calreview.toml")
    assert refused(tmp_path).startswith("ROSTER: the roster cannot be read: Is a directory\n")
    assert "too large" in refused(Path("/dev/zero"))
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'sellers = ["Zo\xeb"]')
    assert refused(latin) == "ROSTER: the roster is not UTF-8\n  help: save it as UTF-8 text"
    assert "no YAML" in refused(written(tmp_path, "[" * 20_000, "deep.yaml"))
