class FileRefused(Exception):
    """The file may not come in; ``code`` says why. It quotes nothing of the file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
