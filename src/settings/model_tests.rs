use std::path::{Path, PathBuf};

use super::*;

#[test]
fn recent_files_are_newest_first_unique_and_capped() {
    let mut settings = Settings::default();
    for number in 0..30 {
        settings.remember(Path::new(&format!("/var/log/{number}.log")), None);
    }
    settings.remember(Path::new("/var/log/15.log"), None);
    let names: Vec<_> = settings
        .recent
        .iter()
        .map(|recent| recent.path.clone())
        .collect();
    assert_eq!(names.len(), RECENT_FILES);
    assert_eq!(names.first(), Some(&PathBuf::from("/var/log/15.log")));
    assert_eq!(names.get(1), Some(&PathBuf::from("/var/log/29.log")));
    assert_eq!(
        names.iter().filter(|name| name.ends_with("15.log")).count(),
        1
    );
}

#[test]
fn making_every_choice_again_gives_the_same_settings() {
    let mut chosen = Settings::default();
    chosen.change(Setting::Theme(ThemeChoice::Dark));
    chosen.change(Setting::Zoom(90.0));
    chosen.change(Setting::LogColours(false));
    chosen.change(Setting::Reopen(Reopen::StartPage));
    chosen.change(Setting::FollowOnOpen(true));
    assert_eq!(chosen.appearance.zoom, 3.0);
    let mut copy = Settings::default();
    for setting in chosen.choices() {
        copy.change(setting);
    }
    assert_eq!(copy, chosen);
}

#[test]
fn numbers_out_of_range_are_brought_back() {
    let mut settings = Settings::default();
    settings.appearance.zoom = 40.0;
    settings.panels.details_height = f32::NAN;
    settings.panels.loggers_width = -3.0;
    let sane = settings.sane();
    assert_eq!(sane.appearance.zoom, 3.0);
    assert_eq!(sane.panels.details_height, 220.0);
    assert_eq!(sane.panels.loggers_width, 60.0);
}

#[test]
fn a_zone_is_that_of_the_file_or_of_files_like_it() {
    let (seoul, path) = (Zone::Fixed(9 * 3600), Path::new("/srv/job-7.log"));
    let mut settings = Settings::default();
    settings.remember(path, None);
    let format = FormatRef::Name("json".to_owned());
    settings.remember_pattern("job-*.log".to_owned(), format, seoul);
    assert_eq!(settings.zone_of(path), seoul);
    assert_eq!(settings.zone_of(Path::new("/srv/web.log")), Zone::Local);
    for zone in [Zone::Local, Zone::Utc, seoul] {
        settings.set_zone_of(path, zone);
        assert_eq!(settings.zone_of(path), zone);
    }
    assert_eq!(settings.zone_of(Path::new("/x/job-8.log")), seoul);
}
