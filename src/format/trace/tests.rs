#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;

/// A letter per line: `.` text, `H` heading, `o` own frame, `l` a library's, `R` raised, `-` link.
fn kinds(message: &str) -> String {
    let Some(trace) = Trace::read(message) else {
        return ".".repeat(message.lines().count());
    };
    let kind = |at: usize| match trace.line(at) {
        Line::Text => '.',
        Line::Heading => 'H',
        Line::Raised => 'R',
        Line::Link => '-',
        Line::Frame(_) => match trace.frame_of(at).unwrap().owner {
            Owner::Own => 'o',
            Owner::Library => 'l',
        },
    };
    (0..message.lines().count()).map(kind).collect()
}

fn outcome(message: &str) -> (String, String) {
    let trace = Trace::read(message).unwrap();
    let raised = trace.outcome().unwrap();
    let first = message.lines().nth(raised.lines.start).unwrap();
    let frame = raised.frame.and_then(|frame| trace.frames.get(frame));
    let place = frame.map(|frame| {
        let line = frame.line.unwrap_or_default();
        format!("{}:{line} {}", frame.file, frame.function)
    });
    (first.to_owned(), place.unwrap_or_default())
}

const PYTHON: &str = r#"could not answer
Traceback (most recent call last):
  File "/srv/moa/api.py", line 88, in handle
    return self.model.forward(batch)
           ~~~~~~~~~~~~~~~~~~^^^^^^^
  File "/usr/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1511, in _call_impl
    return forward_call(*args, **kwargs)
  File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
ValueError: batch of 0
in two lines

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/moa/worker.py", line 12, in run
    self.handle()
  File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
    return runner.run(main)
RuntimeError: 추론 실패"#;

#[test]
fn python_chains() {
    assert_eq!(kinds(PYTHON), ".HooolllRR.-.HoollR");
    let (raised, place) = outcome(PYTHON);
    assert_eq!(raised, "RuntimeError: 추론 실패");
    assert_eq!(place, "/srv/moa/worker.py:12 run");
    let trace = Trace::read(PYTHON).unwrap();
    let libraries: Vec<_> = trace.frames.iter().map(|frame| &*frame.library).collect();
    assert_eq!(libraries, ["", "torch", "Python", "", "Python"]);
    assert_eq!(trace.raised.first().unwrap().lines, 8..10);
}

#[test]
fn python_groups() {
    let group = r#"  + Exception Group Traceback (most recent call last):
  |   File "/srv/a.py", line 3, in <module>
  |     raise ExceptionGroup("two", [ValueError(1), TypeError(2)])
  | ExceptionGroup: two (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/srv/a.py", line 1, in one
    | ValueError: 1
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "/srv/a.py", line 2, in two
    | TypeError: 2
    +------------------------------------"#;
    assert_eq!(kinds(group), "HooR-HoR-HoR-");
}

#[test]
fn java_and_its_causes() {
    let java = "no answer
java.lang.IllegalStateException: pool is closed
\tat shop.db.Pool.get(Pool.java:12)
\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
\tat org.springframework.web.Dispatcher.run(Dispatcher.java:9)
\tat shop.Main.main(Main.java:3)
Caused by: java.sql.SQLException: gone
\tat shop.db.Socket.read(Socket.java:7)
\t... 3 more
after";
    assert_eq!(kinds(java), ".RolloRoo.");
    let (raised, place) = outcome(java);
    assert_eq!(raised, "java.lang.IllegalStateException: pool is closed");
    assert_eq!(place, "Pool.java:12 shop.db.Pool.get");
    let trace = Trace::read(java).unwrap();
    let cause = trace
        .frames
        .get(trace.raised.last().unwrap().frame.unwrap());
    assert_eq!(cause.unwrap().function, "shop.db.Socket.read");
}

#[test]
fn other_languages() {
    for (message, expected, place) in [
        (
            "TypeError: x is not a function
    at connect (/srv/app/db.js:12:7)
    at async /srv/app/index.js:3:1
    at Layer.handle (/srv/app/node_modules/express/lib/router.js:95:5)
    at node:internal/main:23:47",
            "Rooll",
            "/srv/app/db.js:12 connect",
        ),
        (
            "Unhandled exception. System.InvalidOperationException: none
   at System.Linq.ThrowHelper.ThrowNoElementsException()
   at Shop.Db.Connect(String host) in /src/Db.cs:line 12
   at Shop.Program.Main(String[] args) in /src/Program.cs:line 3",
            "Rloo",
            "/src/Db.cs:12 Shop.Db.Connect",
        ),
        (
            "panic: runtime error: index out of range

goroutine 1 [running]:
main.connect(0xc000012345)
\t/srv/app/db.go:12 +0x1d
net/http.(*conn).serve(0xc0000a2)
\t/usr/local/go/src/net/http/server.go:2009 +0x5f4",
            "R.-ooll",
            "/srv/app/db.go:12 main.connect",
        ),
        (
            "thread 'main' panicked at src/db.rs:12:5:
no answer
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6239c3d8bd/library/std/src/panicking.rs:645:5
   1: shop::db::connect
             at ./src/db.rs:12:5
   2: main",
            "RR-llooo",
            "./src/db.rs:12 shop::db::connect",
        ),
    ] {
        assert_eq!(kinds(message), expected, "{message}");
        assert_eq!(outcome(message).1, place, "{message}");
    }
}

#[test]
fn what_is_no_trace_stays_text() {
    for message in [
        "meeting at noon (room 4)",
        "Traceback (most recent call last):",
        "goroutine 1 [running]:",
        "look at me\n  at last (he said)\n",
        "stack backtrace:\nnothing",
        "",
    ] {
        assert_eq!(Trace::read(message), None, "{message}");
    }
}

proptest::proptest! {
    /// Every line has a kind, and what the kinds point to is there.
    #[test]
    fn no_text_confuses_it(lines in proptest::collection::vec(0_usize..14, 0..30)) {
        let parts = [
            "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    x", "E: y", "",
            "During handling of the above exception, another exception occurred:", "  + Exception Group Traceback (most recent call last):", "  | E",
            "    +----", "\tat a.b(C.java:1)", "Caused by: X", "goroutine 1 [running]:", "main.f()", "\t/a.go:1 +0x1",
        ];
        let message: Vec<&str> = lines.iter().map(|line| parts[*line]).collect();
        let message = message.join("\n");
        if let Some(trace) = Trace::read(&message) {
            let count = message.lines().count();
            assert!(trace.lines.len() <= count.max(1));
            for at in 0..count {
                if let Line::Frame(frame) = trace.line(at) {
                    assert!(frame < trace.frames.len());
                }
            }
            for raised in &trace.raised {
                assert!(raised.lines.end <= count && !raised.lines.is_empty());
                assert!(raised.frame.is_none_or(|frame| frame < trace.frames.len()));
            }
        }
    }
}
