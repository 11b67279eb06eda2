"""The measuring behind against_peers.sh, which says what this does."""

import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

RARE = r"\[4021:MainThread\].*timeout"
LITERAL = "timeout=17s"
GRAVE = r"^[0-9-]{10} [0-9:,]{12} (ERROR|CRITICAL) "
PEERS = ["wc", "rg", "grep", "lnav", "klogg", "glogg", "hl"]


class Tool:
    """A command whose wall time is taken; Timberline's also says how long its parts took."""

    def __init__(self, name, command, part=None, environment=None):
        self.name, self.command, self.part = name, command, part
        self.environment = {**os.environ, **(environment or {})}
        self.seconds, self.found, self.index = [], None, []

    def run(self):
        begun = time.perf_counter()
        done = subprocess.run(self.command, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        took = time.perf_counter() - begun
        # grep and rg end with 1 where nothing is found.
        if done.returncode > 1:
            raise SystemExit(f"{self.command} failed: {done.stderr.strip()}")
        if self.part:
            said = json.loads(done.stdout)
            took = said["filter"]["seconds"] if self.part == "filter" else took
            took = said["seconds"] if self.part == "index" else took
            self.found = said.get("filter", said)["records"]
        else:
            number = re.search(r"^\s*(\d+)", done.stdout, re.MULTILINE)
            self.found = int(number.group(1)) if number else None
        self.seconds.append(took)


def compare(title, tools, runs):
    """Lets the tools take turns; the rows of the table, with ratios to the first that is not Timberline."""
    for _ in range(runs):
        for tool in tools:
            tool.run()
    base = next((tool for tool in tools if not tool.part), None)
    for tool in tools:
        best, middle = min(tool.seconds), statistics.median(tool.seconds)
        ratio = "" if base is None else f"{best / min(base.seconds):.3g}"
        found = "" if tool.found is None else f"{tool.found:,}"
        print(f"| {title} | {tool.name} | {best:.3f} s | {middle:.3f} s | {ratio} | {found} |")
        sys.stdout.flush()
        title = ""


def stats(program, file, *filters):
    return [program, "stats", "--json", *filters, file]


def against_peers(program, file, runs, have):
    print("| work | tool | best | median | of the first peer | found |")
    print("|---|---|---|---|---|---|")

    def timberline(name, part, *filters):
        return Tool(f"Timberline, {name}", stats(program, file, *filters), part)

    def peers(*tools):
        return [Tool(" ".join(command[:-1]) if label is None else label, command)
                for label, command in tools if command[0] in have]

    compare("index: every record's time, level and logger", [
        timberline("index", "index"), timberline("whole process", "process"),
        *peers(("wc -l (counts line ends)", ["wc", "-l", file]))], runs)
    for title, pattern, any_case, fixed in [
            (f"regex `{RARE}`", RARE, False, False),
            ("the same in any case", RARE, True, False),
            (f"literal `{LITERAL}`", LITERAL, False, True),
            ("the same in any case", LITERAL, True, True)]:
        ours = "(?i)" + pattern if any_case else pattern
        flags = ["-c"] + ["-i"] * any_case + ["-F"] * fixed
        compare(title.replace("|", r"\|"), [
            timberline("filter of an open log", "filter", "--grep", ours),
            timberline("index and filter, whole process", "process", "--grep", ours),
            *peers(("rg " + " ".join(flags), ["rg", *flags, "-e", pattern, file]),
                   ("grep " + " ".join(flags), ["grep", *flags, "-e", pattern, file]))], runs)
    compare("level ERROR and above", [
        timberline("filter of an open log", "filter", "--level", "ERROR"),
        timberline("index and filter, whole process", "process", "--level", "ERROR"),
        *peers(("rg -c, level as a regex", ["rg", "-c", "-e", GRAVE, file]),
               ("grep -cE, level as a regex", ["grep", "-cE", "-e", GRAVE, file]))], runs)
    if "lnav" in have:
        # Loads, parses and counts the file without a window; few runs, since each takes seconds.
        lnav = ["lnav", "-n", "-c", ";SELECT count(*) FROM all_logs", file]
        compare("open without a window", [
            timberline("stats, whole process", "process"),
            Tool("lnav -n", lnav, environment={"TERM": "xterm"})], min(runs, 3))
    if "hl" in have:
        compare("level, as a log viewer of the terminal", [
            timberline("stats, whole process", "process", "--level", "ERROR"),
            Tool("hl -P -l e", ["hl", "-P", "-l", "e", file])], min(runs, 3))
    for viewer in ("klogg", "glogg"):
        if viewer in have:
            print(f"\n{viewer} is installed, but measures only in its window: see its status line for `{file}`.")


def growth(program, files, runs):
    print("| log | records | index | MB/s | level | regex | of the regex, MB/s |")
    print("|---|---|---|---|---|---|---|")
    for file in files:
        index, level, text = [], [], []
        for _ in range(runs):
            for filters, into in ((["--level", "ERROR"], level), (["--grep", RARE], text)):
                said = json.loads(subprocess.check_output(stats(program, file, *filters)))
                index.append(said["seconds"])
                into.append(said["filter"]["seconds"])
        mb = said["bytes"] / 1e6
        print(f"| {mb:,.0f} MB | {said['records']:,} | {min(index):.3f} s | {mb / min(index):,.0f} "
              f"| {min(level) * 1e3:.1f} ms | {min(text):.3f} s | {mb / min(text):,.0f} |")
        sys.stdout.flush()


def machine():
    model = platform.processor()
    try:
        with open("/proc/cpuinfo") as info:
            model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), model)
    except OSError:
        pass
    return f"{os.cpu_count()} × {model}, {platform.system()} {platform.release()}"


def main():
    mode, runs, program, files = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:]
    have = [name for name in PEERS if shutil.which(name)]
    missing = [name for name in PEERS if name not in have]
    print(f"{machine()}; best and median of {runs} runs each, files in the page cache.")
    if missing and mode == "peers":
        print(f"Not installed: {', '.join(missing)}.")
    for file in files:
        print(f"File: {os.path.basename(file)}, {os.path.getsize(file):,} bytes.")
        with open(file, "rb") as warm:
            while warm.read(1 << 24):
                pass
    print()
    if mode == "growth":
        growth(program, files, runs)
    else:
        against_peers(program, files[0], runs, have)


main()
