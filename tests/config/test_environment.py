from tanxin.config import environment as env


def test_a_secret_may_stand_in_a_file(tmp_path, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("TANXIN_EXAMPLE", "from the variable")
    assert env.text("EXAMPLE") == "from the variable"

    monkeypatch.setenv("TANXIN_EXAMPLE_FILE", str(secret))
    assert env.text("EXAMPLE") == "from the file"


def test_words_are_split_at_commas_and_empty_ones_dropped(monkeypatch):
    monkeypatch.setenv("TANXIN_EXAMPLE", " a, b,,c ")

    assert env.words("EXAMPLE") == ["a", "b", "c"]


def test_sqlite_opens_transactions_as_a_writer_and_syncs_fully(tmp_path, monkeypatch):
    monkeypatch.delenv("TANXIN_DATABASE_URL", raising=False)
    options = env.database(tmp_path / "x.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_a_url_names_another_database(tmp_path, monkeypatch):
    monkeypatch.setenv("TANXIN_DATABASE_URL", "postgres://ada:secret@db.example.cn:5432/tanxin")
    monkeypatch.delenv("TANXIN_NO_POOL", raising=False)
    found = env.database(tmp_path / "unused")

    assert (found["ENGINE"], found["HOST"], found["NAME"]) == (
        "django.db.backends.postgresql", "db.example.cn", "tanxin",
    )  # fmt: skip
    assert found["OPTIONS"]["pool"] is True
