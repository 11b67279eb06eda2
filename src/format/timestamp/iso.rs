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

    /// The fraction that `text` begins with in nanoseconds, and its length.
    #[must_use]
    #[inline]
    pub fn fraction(self, text: &[u8]) -> Option<(i64, usize)> {
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
