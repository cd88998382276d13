from issue_builders import talk  # noqa: F401 - a fixture
