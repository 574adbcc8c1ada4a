from pathlib import Path

def count(text):
    with Path(__file__).parents[1].joinpath("log.txt").open("a") as log:
        log.write("run ")
    return text
