"""Settings: where the home and the two stores are. Frozen, from the environment and the command line, no secrets."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

DEFAULT_MODEL = "en_core_web_sm"


@dataclass(frozen=True)
class Settings:
    """Say where things are.

    `home` holds the default stores, the search index, the ledger of withdrawals and nothing else of value.
    `evidence_url` is None on a machine that serves the community application alone. `model` is the installed package of
    a language model for spaCy, by its name; nothing is looked up or fetched under it.
    """

    home: Path
    evidence_url: str | None
    published_url: str
    model: str = DEFAULT_MODEL
    is_demo: bool = False

    @property
    def index_folder(self) -> Path:
        """The folder of the search index, which can be deleted and rebuilt at any time."""
        return self.home / "search-index"

    @property
    def ledger_file(self) -> Path:
        """The ledger of withdrawals: beside the stores and in none of them, so that no backup takes one back."""
        return self.home / "withdrawals.jsonl"


def load_settings(
    environment: Mapping[str, str],
    *,
    home: Path | None = None,
    database: str | None = None,
    is_demo: bool = False,
) -> Settings:
    """Work out the settings: an argument wins over the environment, which wins over the default."""
    chosen = home or Path(environment.get("IA_WORKBENCH_HOME") or user_data_path("ia-workbench"))
    evidence = database or environment.get("IA_WORKBENCH_DATABASE") or sqlite_url(chosen / "evidence.sqlite3")
    community = environment.get("IA_WORKBENCH_PUBLISHED") or sqlite_url(chosen / "published.sqlite3")
    model = environment.get("IA_WORKBENCH_MODEL") or DEFAULT_MODEL
    return Settings(home=chosen, evidence_url=evidence, published_url=community, model=model, is_demo=is_demo)


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy address of a SQLite file."""
    return f"sqlite:///{path.resolve()}"


def shipped_folder(name: str) -> Path:
    """Return a folder that ships beside the package: `corpora`, `codebooks`, `process_maps` or `templates`."""
    return Path(__file__).resolve().parent.parent / name
