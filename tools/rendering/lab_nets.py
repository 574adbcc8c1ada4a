"""Writes the gate lab's parts on whole nets: those that were trained, and the reader's own."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tools.project import files
from tools.rendering import lab
from tools.sources.languages import Language
from tools.translations.overview import Overview

NETS = files.EXPERIMENTS / "lab_nets.json"
SCRIPT = "assets/lab/nets.js"
# The biases of each block; a GRU's reset gate stands between the two of n.
BIASES = {
    "gru": {
        "r": "b<sub>ir</sub> + b<sub>hr</sub>",
        "z": "b<sub>iz</sub> + b<sub>hz</sub>",
        "n x": "b<sub>in</sub>",
        "n h": "b<sub>hn</sub>",
    },
    "lstm": {block: f"b<sub>i{block}</sub> + b<sub>h{block}</sub>" for block in lab.ORDERS["lstm"]},
}
# Words to try on a trained net, by what they are called
EXAMPLES = {
    "counting": {"aaaabbbb": "aaaabbbb", "aabbab": "aabbab"}
    | {f"a<sup>{n}</sup>b<sup>{n}</sup>": "a" * n + "b" * n for n in (11, 30)}
    | {"abababaaabb…": "abababaaabbababaabbabb"},
    "holding": {"7! 1 2 3 4": "7! 1 2 3 4", "3! 9 9 5! 0 0": "3! 9 9 5! 0 0"}
    | {"9! 0 0 0 …": "9!" + " 0" * 16, "8! + 60": "8! " + "0 9 4 " * 20},
}


def nets(root: Path) -> list[dict[str, Any]]:
    """Read the trained nets: of each the seed with the least loss on words that only chose it."""
    rows = files.read_record(root / NETS)["rows"]
    shown = []
    for model in dict.fromkeys(row["model"] for row in rows):
        seeds = [row for row in rows if row["model"] == model]
        task, _, net = model.partition(", ")
        kind = net.partition(" ")[0].lower()
        best = min(seeds, key=lambda row: row["loss"])
        shown.append(best | {"name": model, "task": task, "kind": kind, "all": seeds})
    return shown


def _trained(page: str, language: Language, overview: Overview) -> str:
    root, text = overview.sources.root, lab.words(language)
    known = nets(root)
    limit = files.read_record(root / NETS)["settings"]["longest"]

    def far(row: dict[str, Any]) -> float:
        return math.inf if row["first_wrong"] is None else row["first_wrong"]

    def said(first_wrong: float) -> str:
        return f"> {limit}" if first_wrong > limit else str(first_wrong)

    shown = []
    for net in known:
        units = len(net["weights"]["weight_hh_l0"][0])
        channels = [
            (f"{channel}{unit}" if units > 1 else channel, f"{channel}<sub>{unit}</sub>")
            for unit in range(1, units + 1)
            for channel in ({"gru": "hzrn", "lstm": "chfiog"})[net["kind"]]
        ]
        label = text["net_units" if units > 1 else "net_unit"]
        spread = sorted(map(far, net["all"]))
        shown.append(
            net
            | {
                "label": label.format(cell=net["kind"].upper(), units=units),
                "right": f"{net['right']:.2f}",
                "far": said(far(net)),
                "all_far": " ".join(map(said, spread)),
                "rows": {name: text[f"row_{name}_{net['task']}"] for name in ("x", "true", "says")}
                | {name: Markup(words) if units > 1 else name for name, words in channels},
            }
        )
    return lab.rendered(
        "lab-trained",
        nets=shown,
        text=text,
        tasks=EXAMPLES,
        seeds=len(known[0]["all"]),
    )


def script(root: Path) -> str:
    """Write the nets for the lab's script, which asks for them when a reader comes near."""
    data = {
        net["name"]: {key: net[key] for key in ("task", "kind", "weights")} for net in nets(root)
    }
    return f"export const NETS = {json.dumps(data)};\n"


def _own(page: str, language: Language, overview: Overview) -> str:
    return lab.rendered(
        "lab-own",
        text=lab.words(language),
        channels={kind: [*channels] for kind, channels in lab.CHANNELS.items()},
        biases=BIASES,
    )


WRITERS: dict[str, Callable[..., str]] = {"lab-trained": _trained, "lab-own": _own}
