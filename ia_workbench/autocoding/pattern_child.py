"""Running a regular expression of a person's own in a process that can be ended: some patterns take for ever.

Started as a script by `patterns`, without any package. It reads one JSON object (`pattern`, `most`, `seconds`,
`memory`, `sources`: a list of lists of texts) and answers with one: `places`, for each source a list of [text, start,
end]; or `wrong`, where in the pattern it goes wrong (None where nobody can say); or `many`.
"""

import json
import re
import sys
import warnings


def main() -> None:
    """Answer one request."""
    asked = json.loads(sys.stdin.buffer.read())
    _bound(asked["seconds"], asked["memory"])
    warnings.simplefilter("ignore")  # a pattern that will be read otherwise one day is read as today
    try:
        pattern = re.compile(asked["pattern"], re.IGNORECASE)
        answer = _places(pattern, asked["sources"], asked["most"])
    except re.error as error:
        answer = {"wrong": error.pos}
    except (OverflowError, RecursionError, MemoryError):
        answer = {"wrong": None}
    sys.stdout.write(json.dumps(answer))


def _bound(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the clock of whoever waits holds there too
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _places(pattern: "re.Pattern[str]", sources: "list[list[str]]", most: int) -> "dict[str, object]":
    count = 0
    found: list[list[tuple[int, int, int]]] = []
    for texts in sources:
        found.append([])
        for number, text in enumerate(texts):
            for match in pattern.finditer(text):
                if match.end() > match.start():
                    found[-1].append((number, match.start(), match.end()))
                    count += 1
            if count > most:
                return {"many": True}
    return {"places": found}


if __name__ == "__main__":
    main()
