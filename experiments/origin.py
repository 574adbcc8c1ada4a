"""How a record shows where it comes from: by a hash of the code and by a sum of each row.

They find what was changed by mistake; whoever wants to can compute them anew.
"""

import ast
import hashlib
import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SOURCE = ("experiment", "code", "processor", "settings", "versions")
RULE = Path(__file__).with_name("rule.yml")


def code(script, start="make_runs"):
    """Return a hash of the code that an experiment's rows depend on.

    That is `start` in the script and, in it and in the modules beside it, whatever is named on the
    way from there: a change to what only draws or prints leaves the hash as it is, and so does a
    comment.
    """
    found, todo = {}, [(script.stem, start), (script.stem, None)]
    while todo:
        module, name = place = todo.pop()
        file = script.with_name(f"{module}.py")
        if place in found or not file.is_file():
            continue
        modules, statements = definitions(file.read_text(encoding="utf-8"))
        nodes = statements.get(name, [])
        found[place] = [shape(node) for node in nodes]
        for node in (node for statement in nodes for node in ast.walk(statement)):
            if isinstance(node, ast.Name):
                todo.append((module, node.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                todo += [(modules.get(node.value.id), name) for name in (node.attr, None)]
            elif isinstance(node, ast.ImportFrom):
                todo += [(node.module, name) for name in (*(a.name for a in node.names), None)]
    return digest(sorted((f"{module}.{name}", shapes) for (module, name), shapes in found.items()))


@cache
def definitions(text):
    """Return a module's imported modules by the name they have there, and its statements by name.

    A statement that binds no name, such as a call, stands under None.
    """
    modules, statements = {}, {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.asname or alias.name for alias in node.names]
            if isinstance(node, ast.Import):
                modules |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [
                n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)
            ]
        else:
            names = [] if is_text(node) or is_main(node) else [None]
        for name in names:
            statements.setdefault(name, []).append(node)
    return modules, statements


def is_text(node):
    """Return whether a statement is a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_main(node):
    """Return whether a statement is `if __name__ == "__main__": ...`."""
    return isinstance(node, ast.If) and "'__name__'" in ast.dump(node.test)


def shape(node):
    """Return a statement as lists, the same in every version of Python, without its docstrings."""
    if isinstance(node, list):
        return [shape(each) for each in node if not (isinstance(each, ast.stmt) and is_text(each))]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, value) for name, value in ast.iter_fields(node) if value not in (None, [])]
    return [type(node).__name__, *([name, shape(value)] for name, value in fields)]


def digest(value, length=16):
    """Return a short hash of something that JSON can write."""
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def row_sum(source, row):
    """Return the sum of a row and of what it was got with."""
    return digest([source, {key: value for key, value in row.items() if key != "sum"}], 8)


def source(record):
    """Return what a record's rows were got with; those from before the rule have none."""
    return {name: record.get(name) for name in SOURCE} | (
        {"rule": record["rule"]} if "rule" in record else {}
    )


def rule():
    """Return the sha256 of the rule by which runs decide."""
    return hashlib.sha256(RULE.read_bytes()).hexdigest()


def faults(file):
    """Return what is wrong with where a record comes from: each with its line and what to do."""
    text = file.read_text(encoding="utf-8")
    record, script = json.loads(text), file.with_suffix(".py")
    found = []
    if script.is_file() and record.get("code") != code(script):
        found.append(
            f"{file}:{line_of(text, 'code')}: the code that makes these results has changed since; "
            f"if they stay the same, python {script} --confirm 5 repeats five runs and notes it, "
            f"else python {script} --fresh"
        )
    if record["date"] > (date.today() + timedelta(days=1)).isoformat():  # it may be later elsewhere
        found.append(
            f"{file}:{line_of(text, record['date'])}: this date is yet to come; correct it"
        )
    return found + foreign(file)


def foreign(file):
    """Return what stands in a record otherwise than a run wrote it, as faults does."""
    text = file.read_text(encoding="utf-8")
    record = json.loads(text)
    rows, head = record["rows"], source(record)
    undo = f"undo that, with git checkout {file}, or record anew, with {file.stem}.py --fresh"
    wrong = [row for row in rows if row.get("sum") != row_sum(head, row)]
    if len(wrong) == len(rows) > 1:
        return [f"{file}:1: what stands above the rows is not what they were got with; {undo}"]
    return [
        f"{file}:{line_of(text, row.get('sum', row['model']))}: no run wrote this row as it is, "
        f"{row['model']}, seed {row['seed']}; {undo}"
        for row in wrong
    ]


def line_of(text, piece):
    """Return the first line of a text that holds a piece in quotes, 1 if none does."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if f'"{piece}"' in line), 1)
