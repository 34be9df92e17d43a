"""What can go wrong on the way to a repository, as a sentence for people."""

from typing import Any

from facilitate.core.strings import SOURCE, t


class RepositoryError(Exception):
    """A repository could not take the records; `key` and `values` name the sentence of the catalogue, `sentence` is the English one."""

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The sentence in English, for logs and the command line."""
        return t(SOURCE, self.key, **self.values)

    def told(self) -> dict[str, Any]:
        """{key, values, sentence} for whoever shows it in another language."""
        return {"key": self.key, "values": self.values, "sentence": self.sentence}


class Moved(Exception):
    """Somebody else changed the branch first: read it again and replay."""
