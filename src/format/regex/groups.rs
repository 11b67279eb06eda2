//! What the names of a pattern's groups mean.

use super::super::extractor::Clock;
use super::super::field::Role;
use super::super::known_keys::role_of;
use super::super::level_scale::Scale;

/// The name of a group that holds a time of day without a date.
const TIME_OF_DAY: &str = "time_of_day";
/// The name of a group that holds a date without a year and a time.
const TIME_NO_YEAR: &str = "time_no_year";

/// The roles of names in a row; of several candidates for one role the best known name gets it.
pub(in crate::format) fn roles_of_names(names: &[Box<str>]) -> Vec<Role> {
    let named: Vec<(usize, &str)> = names.iter().map(|name| (0, &**name)).collect();
    roles(&named)
}

/// The roles of named groups; of several candidates for one role the best known name gets it.
pub(super) fn roles(named: &[(usize, &str)]) -> Vec<Role> {
    let known: Vec<(Role, u8)> = named
        .iter()
        .map(|(_, name)| match *name {
            TIME_OF_DAY | TIME_NO_YEAR => (Role::Time, 0),
            name if Scale::of_group(name).is_some() => (Role::Level, u8::MAX),
            name => role_of(name.as_bytes()).unwrap_or((Role::Other, 0)),
        })
        .collect();
    let best = |role: Role| {
        let rivals = known
            .iter()
            .enumerate()
            .filter(|(_, (rival, _))| *rival == role);
        rivals.min_by_key(|(_, (_, rank))| *rank).map(|(at, _)| at)
    };
    let is_best = |(at, (role, _)): (usize, &(Role, u8))| match role {
        Role::Other => Role::Other,
        role if best(*role) == Some(at) => *role,
        _ => Role::Other,
    };
    known.iter().enumerate().map(is_best).collect()
}

/// How much of a point in time the time's group holds, by its name.
pub(super) fn clock(named: &[(usize, &str)], roles: &[Role]) -> Clock {
    let time = named
        .iter()
        .zip(roles)
        .find(|(_, role)| **role == Role::Time);
    match time.map(|((_, name), _)| *name) {
        None => Clock::None,
        Some(TIME_OF_DAY) => Clock::TimeOfDay,
        Some(TIME_NO_YEAR) => Clock::NoYear,
        Some(_) => Clock::Full,
    }
}
