"""Reads where the notebooks are published, by NOTEBOOKS_URL: a folder of a branch on GitHub.

Colab, Kaggle and Codespaces open notebooks from there, each at an address of its own.
"""

import os
import re
from dataclasses import dataclass

from tools.project.errors import UserError

VARIABLE = "NOTEBOOKS_URL"

_FOLDER = re.compile(
    r"https://github\.com/(?P<owner>[\w-]+)/(?P<name>[\w.-]+)/tree/(?P<branch>[\w.-]+)"
    r"(?P<folder>(?:/[\w.-]+)*)/?"
)


@dataclass(frozen=True)
class Published:
    """The folder of a branch that holds the notebooks, as the built site does."""

    repository: str
    branch: str
    folder: str

    @property
    def url(self) -> str:
        return f"https://github.com/{self.repository}"

    def addresses(self, notebook: str) -> dict[str, str]:
        """Give the address of a notebook in each place that opens it, by the place's name."""
        blob = f"{self.repository}/blob/{self.branch}/{self.folder}{notebook}"
        return {
            "colab": f"https://colab.research.google.com/github/{blob}",
            "kaggle": f"https://kaggle.com/kernels/welcome?src=https://github.com/{blob}",
            "codespaces": f"https://codespaces.new/{self.repository}/tree/{self.branch}",
            # It knows no notebook's address: one uploads a file there.
            "modelscope": "https://modelscope.cn/my/mynotebook",
        }


def read() -> Published | None:
    """Give the folder that the variable names, None where it is not set; raises UserError."""
    value = os.environ.get(VARIABLE)
    if not value:
        return None
    found = _FOLDER.fullmatch(value)
    if not found:
        raise UserError(
            f"{VARIABLE} is '{value}'; set it to the address of a branch on GitHub, or of a folder "
            "in it, such as https://github.com/owner/name/tree/notebooks, or do not set it at all"
        )
    folder = found["folder"].lstrip("/")
    repository = f"{found['owner']}/{found['name'].removesuffix('.git')}"
    return Published(repository, found["branch"], f"{folder}/" if folder else "")
