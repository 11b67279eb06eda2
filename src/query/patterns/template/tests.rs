#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]
use super::*;

#[test]
fn variable_parts_go_and_words_stay() {
    let mut wrong = Vec::new();
    for (message, expected) in [
        (
            "Application startup complete.",
            "Application startup complete.",
        ),
        ("worker 3 started in 1.25s", "worker <*> started in <*>"),
        (
            "took 12ms, 3.5 MB, -4 °C, +7%, 1,234,567 rows",
            "took <*>, <*> MB, <*> °C, <*>, <*> rows",
        ),
        ("loss 2.5e-05 lr=1e-4 nan", "loss <*> lr=<*> nan"),
        (
            "at 0x7f3a2b in <Pool object at 0x7F00>",
            "at <*> in <Pool object at <*>>",
        ),
        (
            "job 6ba7b810-9dad-11d1-80b4-00c04fd430c8 done",
            "job <*> done",
        ),
        ("commit deadbeef1 by a1b2c3d", "commit <*> by <*>"),
        ("10.0.0.7:8080 -> 192.168.1.1", "<*> -> <*>"),
        ("[::1]:80 and fe80::1ff:fe23", "[<*>]:<*> and <*>"),
        (
            "request req-8f2a by user_17 on Thread-3",
            "request req-<*> by user_<*> on Thread-<*>",
        ),
        ("open /var/log/app.log failed", "open <*> failed"),
        ("in ~/x and ./y/z.py, ../up.", "in <*> and <*>, <*>."),
        ("C:\\Users\\anna\\a b", "<*> b"),
        (
            "src/app/main.py:12 and/or text/html",
            "<*> and/or text/html",
        ),
        (
            "GET https://api.example.com/v1/users?id=7 200",
            "GET https://api.example.com/<*> <*>",
        ),
        (
            "postgresql://me:secret@10.0.0.1:5432/shop",
            "postgresql://<*>",
        ),
        (
            "{'two words': 1, 'two  blanks': 2}",
            "{'two words': <*>, <*>: <*>}",
        ),
        ("mail to anna.b@example.com.", "mail to <*>."),
        ("= x@a@b c", "= <*> c"),
        (
            "user 'anna b' said \"it's 5\" don't",
            "user <*> said <*> don't",
        ),
        (
            "{'user': 'anna', \"n\": 3, \"tags\": ['a', 'b']}",
            "{'user': <*>, \"n\": <*>, \"tags\": [<*>]}",
        ),
        (
            "user=anna role=\"a b\" shape=(3, 224) x= y",
            "user=<*> role=<*> shape=<*> x= y",
        ),
        ("a == b, c => d, e>=5", "a == b, c => d, e>=<*>"),
        ("epoch 3/10 [1, 2, 3] (5)", "epoch <*> [<*>] (<*>)"),
        (
            "since 2026-11-27 10:00:00,123 until 2026-11-27T10:00:00.5Z",
            "since <*> until <*>",
        ),
        ("Fri, 27 Nov 2026 10:00:00 GMT", "<*> GMT"),
        (
            "on Nov 27 10:00:00 host sshd[2211]: May I?",
            "on <*> host sshd[<*>]: May I?",
        ),
        (
            "blk_-5 blk_5 bounds=Rect(0, 1 - 2, 3), x",
            "blk_<*> blk_<*> bounds=<*>, x",
        ),
        ("mac 00:1a:2b:3c:4d:ef of ab::c", "mac <*> of ab::c"),
        ("[27/Nov/2026:10:00:00 +0900] ok", "[<*> <*>] ok"),
        (
            "utf8 sha256 float32 conv2d http2 v2 K8s",
            "utf8 sha256 float32 conv2d http2 v2 K8s",
        ),
        ("layer3 gpu0 x1920y 1920x1080", "layer<*> gpu<*> <*> <*>"),
        (
            "사용자 12명이 로그인 (제3회)",
            "사용자 <*>명이 로그인 (제<*>회)",
        ),
        (
            "추론 완료: 시간=12ms, 모델=llama",
            "추론 완료: 시간=<*>, 모델=<*>",
        ),
        ("  two   blanks\tand tabs ", "two blanks and tabs"),
        ("\n\nsecond line 5\nthird", "second line <*>"),
        ("\u{1b}[31mred 5\u{1b}[0m end", "red <*> end"),
        ("<*> and <any> and <...>", "<*> and <*> and <*>"),
        ("50% of 3", "<*> of <*>"),
        ("\"never closed 5", "\"never closed <*>"),
        ("layers.12.attn_k.weight", "layers.<*>.attn_k.weight"),
        ("ValueError: batch of 0", "ValueError: batch of <*>"),
        (
            "127.0.0.1:51234 - \"GET /x HTTP/1.1\" 200 OK",
            "<*> - \"GET <*> HTTP/<*>\" <*> OK",
        ),
        ("", ""),
        (" \n ", ""),
        ("\u{1}a \u{1}b \u{1}", "a b"),
    ] {
        let found = template_of(message);
        if found != expected || template_as_typed(&found) != found {
            wrong.push((message, expected, template_as_typed(&found), found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn bytes_that_are_no_text_and_long_lines() {
    let mut templater = Templater::default();
    assert_eq!(templater.read(b"caf\xe9 5"), "caf\u{fffd} <*>".as_bytes());
    let long = "word ".repeat(1_000);
    let found = template_of(&long);
    assert!(
        found.len() < 1_100 && found.ends_with("word <...>"),
        "{found}"
    );
    let unbroken = "로".repeat(1_000);
    assert!(template_of(&unbroken).ends_with("로 <...>"));
}

proptest::proptest! {
    /// No bytes make it panic or write anything but a line of text.
    #[test]
    fn any_bytes_have_a_template(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let mut templater = Templater::default();
        let found = std::str::from_utf8(templater.read(&bytes)).unwrap();
        proptest::prop_assert!(!found.contains('\n') && !found.contains("  "));
    }

    /// Whatever is written is a line of text, and a message that is typed has the same template as one that was logged.
    #[test]
    fn a_template_is_a_line(parts in proptest::collection::vec(0_usize..40, 0..14)) {
        let pieces = [
            "a", "worker", "12", "3.5ms", " ", "  ", "=", "'", "\"", "/", "\\", "-", "_", ".", ",", ":", "(", ")", "[", "]",
            "<*>", "<any>", "@", "http://", "x7", "Nov", "Fri", "27", "로그", "8f2a", "~", "%", "+", "<", ">", "{", "}", "k=", "C:\\", "\n",
        ];
        let message: String = parts.iter().map(|part| pieces[*part]).collect();
        let once = template_of(&message);
        if !message.contains(ANY) && !message.contains(REST) {
            proptest::prop_assert_eq!(&once, &template_as_typed(&message), "{}", message);
        }
        proptest::prop_assert!(!once.contains('\n') && !once.contains("  "));
    }
}
