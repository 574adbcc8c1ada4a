"""Reads YAML that people write: no key twice, and an error that names the file and the line."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from tools.project import files
from tools.project.errors import UserError

# The loaders in C take a ninth of the time.
_CONFIG: Any = get_yaml_loader(yaml.CSafeLoader)  # knows !ENV and INHERIT


class _Loader(yaml.CSafeLoader):
    """The usual loader keeps the last of two equal keys in silence, and knows no !ENV."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # the usual loader says that this is no key
            if key.value in seen:
                problem = f"'{key.value}' stands twice; take one out"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.add_multi_constructor("!", lambda loader, tag, node: None)


def load(file: Path) -> Any:
    """Read a YAML file; raises UserError with the line at fault."""
    return parse(files.read(file), file)


def parse(text: str, file: Path, first: int = 1) -> Any:
    """Read a text that begins on a line of a file, in the same way."""
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        if "stands twice" in str(error.problem):
            raise UserError(str(error.problem), file, first + line) from None
        raise UserError(
            f"this is no YAML: {error.problem}; where a text holds a colon or a quotation mark, "
            "put the whole text between quotation marks",
            file, first + line,
        ) from None  # fmt: skip
    except yaml.YAMLError as error:
        raise UserError(f"this is no YAML: {error}; mend it", file, first) from None


def load_config(file: Path) -> dict[str, Any]:
    """Read a configuration of MkDocs, with what it inherits."""
    with file.open("rb") as stream:
        return yaml_load(stream, _CONFIG)


def lines(text: str) -> dict[str, int]:
    """Find the lines on which the keys of a file's outermost level stand."""
    top = yaml.compose(text, yaml.CSafeLoader)
    pairs = top.value if isinstance(top, yaml.MappingNode) else []
    return {key.value: key.start_mark.line + 1 for key, _ in pairs}
