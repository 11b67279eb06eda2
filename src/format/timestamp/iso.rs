//! `YYYY-MM-DD HH:MM:SS,mmm`: what most logs show, read in two parts, since the minute is nearly always that of the
//! record before.

use super::read::Stamp;
use super::{DatePattern, Part};

/// A pattern of a date, a separator, a time of day and perhaps a fraction; nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IsoShape {
    /// Between date and time.
    separator: u8,
    /// Between seconds and fraction.
    mark: u8,
    /// Digits of the fraction; 0 for none.
    digits: u8,
}

impl DatePattern {
    /// The pattern as a shape, if it is of that kind.
    #[must_use]
    pub fn iso_shape(&self) -> Option<IsoShape> {
        match &*self.parts {
            [Part::IsoSeconds(separator)] => Some(IsoShape {
                separator: *separator,
                mark: 0,
                digits: 0,
            }),
            [
                Part::IsoSeconds(separator),
                Part::Literal(mark),
                Part::Fraction(digits),
            ] if mark.len() == 1 => Some(IsoShape {
                separator: *separator,
                mark: *mark.first()?,
                digits: *digits,
            }),
            _ => None,
        }
    }
}

impl IsoShape {
    /// `YYYY-MM-DD HH:MM` as a reading of the wall clock in nanoseconds since 1970. `None` also for years near the ends
    /// of what 64 bits hold.
    #[must_use]
    pub fn civil_minute(self, minute: &[u8; 16]) -> Option<i64> {
        let mut text = *b"YYYY-MM-DD HH:MM:00";
        text.get_mut(..16)?.copy_from_slice(minute);
        Stamp::iso(&text, self.separator)?.civil_if_near()
    }

    /// Whether the byte between date and time is this shape's.
    #[must_use]
    #[inline]
    pub fn separates(self, byte: u8) -> bool {
        self.separator == byte
    }

    /// The seconds and fraction that `text` begins with (`:SS,mmm`) in nanoseconds, and their length.
    #[must_use]
    #[inline]
    pub fn seconds(self, text: &[u8]) -> Option<(i64, usize)> {
        if self.digits == 3
            && let Some(bytes) = text.first_chunk::<8>()
        {
            return self.millis(*bytes).map(|nanos| (nanos, 7));
        }
        let &[b':', s1, s2] = text.first_chunk::<3>()? else {
            return None;
        };
        let (tens, ones) = (s1.wrapping_sub(b'0'), s2.wrapping_sub(b'0'));
        if tens > 5 || ones > 9 {
            return None;
        }
        let seconds = i64::from(tens * 10 + ones);
        let (fraction, len) = self.fraction(text.get(3..)?)?;
        Some((seconds * 1_000_000_000 + fraction, 3 + len))
    }

    /// `:SS,mmm` in nanoseconds; the last byte may be anything.
    #[inline]
    fn millis(self, bytes: [u8; 8]) -> Option<i64> {
        let marks = u64::from_le_bytes([b':', 0, 0, self.mark, 0, 0, 0, 0]);
        let zeros = u64::from_le_bytes([0, b'0', b'0', 0, b'0', b'0', b'0', 0]);
        // The most that may be added to a digit without its high nibble changing.
        let room = u64::from_le_bytes([0, 10, 6, 0, 6, 6, 6, 0]);
        let of_digits = u64::from_le_bytes([0, 0xff, 0xff, 0, 0xff, 0xff, 0xff, 0]);
        let of_marks = u64::from_le_bytes([0xff, 0, 0, 0xff, 0, 0, 0, 0]);
        let nibbles = 0xf0f0_f0f0_f0f0_f0f0 & of_digits;
        let text = u64::from_le_bytes(bytes);
        let digits = text & of_digits;
        let odd = (text & of_marks) ^ marks
            | (digits & nibbles) ^ zeros
            | (digits.wrapping_add(room) & nibbles) ^ zeros;
        if odd != 0 {
            return None;
        }
        let digit = |at: u32| (digits >> (8 * at) & 0xf) as i64;
        let millis =
            digit(1) * 10_000 + digit(2) * 1_000 + digit(4) * 100 + digit(5) * 10 + digit(6);
        Some(millis * 1_000_000)
    }

    /// The fraction that `text` begins with in nanoseconds, and its length.
    fn fraction(self, text: &[u8]) -> Option<(i64, usize)> {
        if self.digits == 0 {
            return Some((0, 0));
        }
        let (mark, digits) = text.split_first()?;
        let digits = digits.get(..usize::from(self.digits))?;
        if *mark != self.mark {
            return None;
        }
        let mut value = 0;
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            value = value * 10 + i64::from(digit);
        }
        let scale = 10_i64.pow(9 - u32::from(self.digits));
        Some((value * scale, digits.len() + 1))
    }
}
