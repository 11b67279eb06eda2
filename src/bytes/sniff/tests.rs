#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;
use crate::bytes::memory::MemoryBytes;

const KOREAN: &[&str] = &[
    "주문을 처리하지 못했습니다",
    "결제가 끝났습니다",
    "연결을 다시 시도합니다",
    "사용자 정보를 찾을 수 없음",
    "데이터베이스 응답이 늦음",
    "재고가 모자랍니다",
    "로그인 실패",
    "파일을 열 수 없습니다",
    "설정을 읽는 중",
    "서버가 시작되었습니다",
];
const JAPANESE: &[&str] = &[
    "注文を処理できませんでした",
    "支払いが完了しました",
    "接続を再試行します",
    "ユーザーが見つかりません",
    "データベースの応答が遅い",
    "在庫が足りません",
    "ログインに失敗しました",
    "ファイルを開けません",
    "設定を読み込み中",
    "サーバーを起動しました",
];
const CHINESE: &[&str] = &[
    "无法处理订单",
    "支付已完成",
    "正在重新连接服务器",
    "找不到用户信息",
    "数据库响应缓慢",
    "库存不足",
    "登录失败，请重试",
    "无法打开文件",
    "正在读取配置",
    "服务器已启动",
];
const TAIWANESE: &[&str] = &[
    "無法處理訂單",
    "付款已完成",
    "正在重新連線到伺服器",
    "找不到使用者資訊",
    "資料庫回應緩慢",
    "庫存不足",
    "登入失敗，請重試",
    "無法開啟檔案",
    "正在讀取設定",
    "伺服器已啟動",
];
const WESTERN: &[&str] = &[
    "Verbindung zurückgesetzt, nächster Versuch läuft",
    "Größe überschritten für Schlüssel",
    "échec de la requête, déjà terminé",
    "données reçues à l'étape précédente",
    "conexión rechazada, sesión número",
    "año de creación no válido",
    "försök igen, användare saknas",
    "configuração não encontrada",
];
const RUSSIAN: &[&str] = &[
    "не удалось обработать заказ",
    "оплата завершена",
    "повторное подключение",
    "пользователь не найден",
    "медленный ответ базы данных",
    "ошибка входа",
];
const ENGLISH: &[&str] = &[
    "request done in 12 ms",
    "cache miss for key user:9812",
    "GET /api/v1/orders 200",
    "worker started, pool=4",
    "retry 3/5 (timeout)",
];
const PLACES: &[&str] = &["app.db", "web.api", "pay.card", "root"];

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).unwrap()
    }
}

/// A log with at least `least` characters beyond ASCII, one line in `one_in` with a message of these.
fn log(dice: &mut Dice, messages: &[&str], least: usize, one_in: usize) -> String {
    let mut log = String::new();
    let mut written = 0;
    while written < least {
        let local = dice.below(one_in) == 0;
        let message = dice.of(if local { messages } else { ENGLISH });
        written += message.chars().filter(|c| !c.is_ascii()).count();
        let (second, milli) = (dice.below(60), dice.below(1000));
        let place = dice.of(PLACES);
        log.push_str(&format!(
            "2026-11-22 10:00:{second:02},{milli:03} INFO {place}: {message} id={milli}\n"
        ));
    }
    log
}

fn encoded(text: &str, name: &str) -> Vec<u8> {
    let units = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
    match name {
        "UTF-16LE" => units(u16::to_le_bytes),
        "UTF-16BE" => units(u16::to_be_bytes),
        name => {
            let codec = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
            let (bytes, _, failed) = codec.encode(text);
            assert!(!failed, "{name}: {text}");
            bytes.into_owned()
        }
    }
}

/// Of 200 short logs each, nearly all are told right, with and without knowing where the user is.
#[test]
fn short_logs_are_told_apart() {
    let mut wrong = Vec::new();
    for (name, messages, home) in [
        ("UTF-8", KOREAN, Region::Korea),
        ("UTF-8", WESTERN, Region::Other),
        ("UTF-16LE", KOREAN, Region::Korea),
        ("UTF-16BE", JAPANESE, Region::Japan),
        ("EUC-KR", KOREAN, Region::Korea),
        ("Shift_JIS", JAPANESE, Region::Japan),
        ("EUC-JP", JAPANESE, Region::Japan),
        ("gb18030", CHINESE, Region::China),
        ("Big5", TAIWANESE, Region::Taiwan),
        ("windows-1252", WESTERN, Region::Other),
        ("windows-1251", RUSSIAN, Region::Other),
    ] {
        for region in [home, Region::Other, Region::Korea] {
            for one_in in [1, 8] {
                let mut dice = Dice(7);
                let right = (0..200).filter(|_| {
                    let bytes = encoded(&log(&mut dice, messages, 20, one_in), name);
                    let found = detect(&bytes, region);
                    found.title() == name.parse::<Encoding>().unwrap().title()
                });
                let right = right.count();
                if right < 190 {
                    wrong.push(format!("{name} {region:?} 1/{one_in}: {right} of 200"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A word or two among ASCII are read as what is usual where the user is.
#[test]
fn few_characters_are_those_of_the_region() {
    for (name, messages, region) in [
        ("EUC-KR", KOREAN, Region::Korea),
        ("Shift_JIS", JAPANESE, Region::Japan),
        ("gb18030", CHINESE, Region::China),
        ("Big5", TAIWANESE, Region::Taiwan),
    ] {
        let words: Vec<&str> = messages.iter().flat_map(|line| line.split(' ')).collect();
        let mut dice = Dice(11);
        let right = (0..200).filter(|_| {
            let word = dice.of(&words).chars().take(3).collect::<String>();
            let line = format!("2026-11-22 10:00:00 INFO {}: {word} ok\n", dice.of(PLACES));
            let found = detect(&encoded(&line, name), region);
            found.title() == name.parse::<Encoding>().unwrap().title()
        });
        let here = right.count();
        assert!(here >= 190, "{name}: {here} of 200");
    }
}

/// A character that the end of the sample cuts in half changes nothing.
#[test]
fn a_character_cut_in_half_does_not_matter() {
    for (name, messages, region) in [
        ("UTF-8", KOREAN, Region::Korea),
        ("EUC-KR", KOREAN, Region::Korea),
        ("Shift_JIS", JAPANESE, Region::Japan),
        ("gb18030", CHINESE, Region::China),
        ("Big5", TAIWANESE, Region::Taiwan),
    ] {
        let mut dice = Dice(3);
        let bytes = encoded(&log(&mut dice, messages, 80, 1), name);
        let whole = detect(&bytes, region);
        assert_eq!(whole.title(), name.parse::<Encoding>().unwrap().title());
        for cut in 1..60 {
            let sample = bytes.get(..bytes.len() - cut).unwrap();
            assert_eq!(detect(sample, region), whole, "{name} {cut}");
        }
    }
}

#[test]
fn marks_decide_and_a_stray_byte_does_not() {
    let korean = "2026-11-22 10:00:00 경고 결제: 주문을 처리하지 못했습니다\n";
    let marked = [b"\xff\xfe".as_slice(), &encoded(korean, "UTF-16LE")].concat();
    for (sample, name) in [
        (b"plain ascii\n".to_vec(), "UTF-8"),
        (Vec::new(), "UTF-8"),
        (b"\xef\xbb\xbf\xb0\xa1".to_vec(), "UTF-8"),
        (korean.as_bytes().get(..25).unwrap().to_vec(), "UTF-8"),
        ([korean.repeat(3).as_bytes(), b"\xff"].concat(), "UTF-8"),
        (encoded(korean, "UTF-16LE"), "UTF-16LE"),
        (encoded(korean, "UTF-16BE"), "UTF-16BE"),
        (marked, "UTF-16LE"),
    ] {
        assert_eq!(detect(&sample, Region::Korea).name(), name);
    }
}

#[test]
fn the_first_message_may_come_late() {
    let ascii = "2026-11-22 10:00:00,000 INFO app.db: request done\n".repeat(30_000);
    let korean = encoded(&log(&mut Dice(5), KOREAN, 3000, 1), "EUC-KR");
    let bytes = [ascii.as_bytes(), &korean, ascii.as_bytes()].concat();
    let source = MemoryBytes::new(bytes);
    let found = sniff(&source, source.len().unwrap(), Region::Other).unwrap();
    assert_eq!((found.encoding.name(), found.open), ("EUC-KR", false));
    let found = sniff(&source, 5000, Region::Other).unwrap();
    assert_eq!((found.encoding.name(), found.open), ("UTF-8", true));
}

#[test]
fn a_mark_knows_which_byte_comes_first() {
    let named = |bytes: &[u8], name: &str| {
        let named = name.parse().unwrap();
        settle(&MemoryBytes::new(bytes), named).unwrap()
    };
    assert_eq!(named(b"\xfe\xff\0a", "utf-16").name(), "UTF-16BE");
    assert_eq!(named(b"a\0", "utf-16").name(), "UTF-16LE");
    assert_eq!(named(b"\xff\xfea", "cp949").name(), "EUC-KR");
}

#[test]
fn regions() {
    for (locale, region) in [
        ("ko_KR.UTF-8", Region::Korea),
        ("ja-JP", Region::Japan),
        ("zh_TW.UTF-8", Region::Taiwan),
        ("zh_CN", Region::China),
        ("en_US.UTF-8", Region::Other),
        ("C", Region::Other),
        ("", Region::Other),
        ("한", Region::Other),
    ] {
        assert_eq!(Region::of_locale(locale), region, "{locale}");
    }
    let first = |region| Encoding::usual(region).get(1).map(Encoding::name);
    assert_eq!(first(Region::Korea), Some("EUC-KR"));
    assert_eq!(first(Region::Taiwan), Some("Big5"));
}
