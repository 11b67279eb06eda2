//! Characters that are not seen, or that change how their neighbours are shown.

/// Whether a character is to be shown by its code: a control or format character, a separator of lines or paragraphs, or
/// another one without a shape (Unicode's categories Cc, Cf, Zl and Zp, and what is default ignorable). Joiners and
/// variation selectors stay where the letters or the emoji beside them need them; a neighbour that is hidden itself is none.
pub(super) fn is_hidden(c: char, before: Option<char>, after: Option<char>) -> bool {
    let pair = before.zip(after);
    match u32::from(c) {
        // Most of what is written, Hangul among it, without going through the rest.
        0x20..=0x7e | 0xa0..=0xac | 0xae..=0x2ff | 0x4e00..=0x9fff | 0xac00..=0xd7ff => false,
        0x200c => !pair.is_some_and(join_letters),
        0x200d => !pair.is_some_and(|pair| join_letters(pair) || join_emoji(pair)),
        0xfe00..=0xfe0f => !before.is_some_and(has_variants),
        0xe0100..=0xe01ef => !before.is_some_and(is_ideograph),
        0x180b..=0x180d | 0x180f => !before.is_some_and(is_mongolian),
        0x115f => !after.is_some_and(is_jamo),
        0x1160 => !before.is_some_and(is_jamo),
        0..=0x9f
        | 0xad
        | 0x34f
        | 0x600..=0x605
        | 0x61c
        | 0x6dd
        | 0x70f
        | 0x890..=0x891
        | 0x8e2
        | 0x17b4..=0x17b5
        | 0x180e
        | 0x200b
        | 0x200e..=0x200f
        | 0x2028..=0x202e
        | 0x2060..=0x206f
        | 0x3164
        | 0xfeff
        | 0xffa0
        | 0xfff0..=0xfffb
        | 0x110bd
        | 0x110cd
        | 0x13430..=0x1343f
        | 0x1bca0..=0x1bca3
        | 0x1d173..=0x1d17a
        | 0xe0000..=0xe0fff => true,
        _ => false,
    }
}

/// Whether a joiner between two characters belongs to how they are written: in Arabic, and in the scripts of India and
/// their kin.
fn join_letters((before, after): (char, char)) -> bool {
    let letter = |c: char| {
        matches!(u32::from(c), 0x620..=0x6d5 | 0x6e5..=0x70e | 0x710..=0x77f | 0x8a0..=0x8e1
            | 0x8e3..=0x8ff | 0x900..=0xdff | 0x1000..=0x109f | 0x1780..=0x17b3 | 0x17b6..=0x17d3)
    };
    letter(before) && letter(after)
}

/// Whether a joiner makes one emoji of two.
fn join_emoji((before, after): (char, char)) -> bool {
    (is_emoji(before) || before == '\u{fe0f}') && is_emoji(after)
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x27bf | 0x2900..=0x297f | 0x2b00..=0x2bff
        | 0x1f000..=0x1faff)
}

/// What a variation selector may stand behind.
fn has_variants(c: char) -> bool {
    is_emoji(c)
        || is_ideograph(c)
        || matches!(
            c,
            '#' | '*' | '0'..='9' | '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙'
        )
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn is_mongolian(c: char) -> bool {
    matches!(u32::from(c), 0x1820..=0x18aa)
}

fn is_jamo(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115e | 0x1161..=0x11ff | 0xa960..=0xa97c | 0xd7b0..=0xd7fb)
}
