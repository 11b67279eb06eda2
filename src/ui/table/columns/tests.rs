#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::*;

fn specs() -> Vec<ColumnSpec> {
    vec![
        ColumnSpec::new("asctime", "Time", ColumnKind::Time),
        ColumnSpec::new("levelname", "Level", ColumnKind::Level),
        ColumnSpec::new("name", "Logger", ColumnKind::Logger),
        ColumnSpec::new("message", "Message", ColumnKind::Message),
        ColumnSpec::new("thread", "Thread", ColumnKind::Other),
    ]
}

fn keys(arrangement: &Arrangement) -> Vec<&str> {
    let states: Vec<&str> = arrangement
        .states
        .iter()
        .map(|state| state.key.as_str())
        .collect();
    let columns: Vec<&str> = arrangement
        .columns
        .iter()
        .map(|column| column.spec.key.as_str())
        .collect();
    assert_eq!(states, columns, "states and columns go together");
    states
}

fn state(key: &str, width: Option<f32>, hidden: bool) -> ColumnState {
    ColumnState {
        key: key.to_owned(),
        width,
        hidden,
    }
}

#[test]
fn the_message_goes_last_and_own_columns_are_hidden() {
    let a = Arrangement::new(&specs(), &[]);
    let usual = [
        "#line",
        "asctime",
        "#delta",
        "levelname",
        "name",
        "thread",
        "message",
    ];
    assert_eq!(keys(&a), usual);
    let shown: Vec<&str> = a
        .place(1_000.0, 7.5)
        .placed
        .iter()
        .map(|place| a.columns[place.index].spec.key.as_str())
        .collect();
    assert_eq!(shown, ["asctime", "levelname", "name", "thread", "message"]);
    // A cell is the format's, wherever the column stands.
    assert_eq!(a.columns[6].cell, Some(3));
    assert_eq!(a.columns[0].cell, None);
}

#[test]
fn the_message_takes_the_rest() {
    let a = Arrangement::new(&specs(), &[]);
    let Placement { placed, total, .. } = a.place(1_200.0, 7.5);
    assert_eq!(total, 1_200.0);
    let narrow = a.place(200.0, 7.5);
    assert_eq!(narrow.placed.last().unwrap().width, MIN_MESSAGE);
    assert!(narrow.total > 200.0);
    assert_eq!(placed[1].left, placed[0].right());
}

#[test]
fn an_arrangement_survives_another_format() {
    let saved = [
        state("name", Some(120.0), false),
        state("gone", Some(50.0), false),
        state("asctime", None, true),
        state("message", None, false),
    ];
    let a = Arrangement::new(&specs(), &saved);
    // Unknown ones stay behind the column that they follow in the format.
    assert_eq!(keys(&a)[0], "#line");
    let position = |key: &str| keys(&a).iter().position(|k| *k == key).unwrap();
    assert!(position("name") < position("asctime"));
    assert!(position("asctime") < position("levelname"));
    assert!(a.states[position("asctime")].hidden);
    assert_eq!(a.states[position("name")].width, Some(120.0));
    assert_eq!(Arrangement::new(&specs(), &a.states), a, "it is stable");
}

#[test]
fn borders_drag() {
    let mut a = Arrangement::new(&specs(), &[]);
    let placed = a.place(1_200.0, 7.5).placed;
    let before = placed[0].width;
    a.resize(&placed, 0, 30.0);
    assert_eq!(a.place(1_200.0, 7.5).placed[0].width, before + 30.0);
    a.resize(&placed, 0, -9_000.0);
    assert_eq!(a.place(1_200.0, 7.5).placed[0].width, MIN_WIDTH);
    let last = placed.len() - 1;
    let same = a.clone();
    a.resize(&placed, last, 10.0);
    assert_eq!(a, same, "the message's right border is the table's edge");
}

#[test]
fn the_border_behind_a_message_in_the_middle_resizes_its_neighbour() {
    let mut a = Arrangement::new(&specs(), &[]);
    a.reorder(6, 5);
    let placed = a.place(1_200.0, 7.5).placed;
    let thread = placed.last().unwrap().width;
    a.resize(&placed, placed.len() - 2, 25.0);
    assert_eq!(
        a.place(1_200.0, 7.5).placed.last().unwrap().width,
        thread - 25.0
    );
}

#[test]
fn a_column_with_nothing_in_it_is_not_there_and_comes_where_the_format_has_it() {
    let mut specs = specs();
    specs[1].empty = true;
    let before = Arrangement::new(&specs, &[]);
    assert!(!keys(&before).contains(&"levelname"));
    // Cells are the format's still.
    assert_eq!(before.columns.last().unwrap().cell, Some(3));
    specs[1].empty = false;
    let after = Arrangement::new(&specs, &before.states);
    assert_eq!(keys(&after), keys(&Arrangement::new(&specs, &[])));
}

#[test]
fn columns_move() {
    let mut a = Arrangement::new(&specs(), &[]);
    a.reorder(4, 0);
    assert_eq!(keys(&a)[0], "name");
    a.reorder(0, 7);
    assert_eq!(*keys(&a).last().unwrap(), "name");
    let same = a.clone();
    a.reorder(3, 3);
    a.reorder(3, 4);
    a.reorder(9, 0);
    assert_eq!(a, same);
}

#[test]
fn one_column_always_stays() {
    let mut a = Arrangement::new(&specs(), &[]);
    for index in 0..a.columns.len() {
        a.set_hidden(index, true);
    }
    assert_eq!(a.place(500.0, 7.5).placed.len(), 1);
}

#[test]
fn fit_is_bounded() {
    let mut a = Arrangement::new(&specs(), &[]);
    a.fit(4, 100.2);
    assert_eq!(a.states[4].width, Some(117.0));
    a.fit(4, 90_000.0);
    assert_eq!(a.states[4].width, Some(MAX_FIT));
}

#[test]
fn headers_drop_before_the_nearer_edge() {
    let a = Arrangement::new(&specs(), &[]);
    let placed = a.place(1_200.0, 7.5).placed;
    let count = a.columns.len();
    assert_eq!(drop_target(&placed, -10.0, count), placed[0].index);
    assert_eq!(
        drop_target(&placed, placed[0].right() - 5.0, count),
        placed[1].index
    );
    assert_eq!(drop_target(&placed, 5_000.0, count), count);
}

#[test]
fn in_a_narrow_window_loggers_give_way_to_the_message() {
    let mut a = Arrangement::new(&specs(), &[]);
    let logger = |a: &Arrangement, width| a.place(width, 7.5).placed[2].width;
    let usual = logger(&a, 1_600.0);
    let narrow = logger(&a, 700.0);
    assert!(narrow < usual && narrow >= 112.0, "{narrow} of {usual}");
    let time = |a: &Arrangement, width| a.place(width, 7.5).placed[0].width;
    assert_eq!(time(&a, 700.0), time(&a, 1_600.0));
    a.states[4].width = Some(200.0);
    assert_eq!(logger(&a, 700.0), 200.0, "the user's own width stays");
}

/// Two logs side by side in a window of 900 points, with and without the logger tree.
#[test]
fn the_message_begins_in_sight_in_a_narrow_table() {
    let a = Arrangement::new(&specs(), &[]);
    for (table, without) in [
        (440.0, &[][..]),
        (390.0, &[]),
        (350.0, &["thread"]),
        (270.0, &["name", "thread"]),
    ] {
        let placement = a.place(table, 7.5);
        let key = |index: &usize| a.columns[*index].spec.key.as_str();
        let left_out: Vec<&str> = placement.left_out.iter().map(key).collect();
        assert_eq!(left_out, without, "{table}");
        assert_eq!(placement.total, table, "it does not scroll sideways");
        let message = placement.placed.last().unwrap();
        assert!(
            message.width >= LITTLE_MESSAGE,
            "{table}: {}",
            message.width
        );
    }
    let mut a = a;
    a.states[4].width = Some(200.0);
    let placement = a.place(270.0, 7.5);
    assert_eq!(placement.left_out, [0; 0], "all are within reach");
    assert!(placement.total > 270.0);
    // Of two that are cut, the one that says less goes.
    let mut specs = specs();
    let line = ColumnSpec {
        usual_chars: Some(4),
        ..ColumnSpec::new("lineno", "Line", ColumnKind::Other)
    };
    specs.push(line);
    let a = Arrangement::new(&specs, &[]);
    let placement = a.place(390.0, 7.5);
    let key = |index: &usize| a.columns[*index].spec.key.as_str();
    let left_out: Vec<&str> = placement.left_out.iter().map(key).collect();
    assert_eq!(left_out, ["thread"]);
}
